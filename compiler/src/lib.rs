//! The compiler: from a deployment file to the files of a build directory.

pub mod xml;
