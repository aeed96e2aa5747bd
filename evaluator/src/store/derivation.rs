//! Derivations: what they hold, and the hash that names their outputs (the manual's “Derivation” and “Hash modulo of
//! a derivation”).

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::hash::{Algorithm, Format, Hash, compress_hash};
use super::path::{Method, StoreDir, output_name};
use super::{aterm, encoding};
use sha2::{Digest, Sha256};

/// What is known of an output before it is built.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Output {
    /// Its path follows from the derivation.
    InputAddressed(String),
    /// Its content is known.
    Fixed {
        /// Its path.
        path: String,
        /// How it is hashed.
        method: Method,
        /// The hash of its content.
        hash: Hash,
    },
    /// Its path will follow from its content.
    Floating {
        /// How it will be hashed.
        method: Method,
        /// With what algorithm.
        algorithm: Algorithm,
    },
    /// Its path follows from the derivation, but not before floating inputs are built.
    Deferred,
    /// It is built anew each time.
    Impure {
        /// How it will be hashed.
        method: Method,
        /// With what algorithm.
        algorithm: Algorithm,
    },
}

/// A derivation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Derivation {
    /// Its name, without `.drv`.
    pub name: String,
    /// The outputs by name.
    pub outputs: BTreeMap<String, Output>,
    /// The `.drv` paths that are built first, with the outputs that are used.
    pub input_drvs: BTreeMap<String, BTreeSet<String>>,
    /// Other store paths that are used.
    pub input_srcs: BTreeSet<String>,
    /// The system that builds it.
    pub platform: Vec<u8>,
    /// The program that builds it.
    pub builder: Vec<u8>,
    /// Its arguments.
    pub args: Vec<Vec<u8>>,
    /// Its environment.
    pub env: BTreeMap<Vec<u8>, Vec<u8>>,
}

/// The hash of a derivation modulo fixed-output derivations: what other derivations' output paths depend on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ModuloHash {
    /// One hash for all outputs.
    Regular([u8; 32]),
    /// One hash for all outputs, which does not determine their paths.
    Deferred([u8; 32]),
    /// A fixed-output derivation's hash; it has one output.
    Fixed([u8; 32]),
}

impl ModuloHash {
    /// The hash.
    pub fn bytes(&self) -> &[u8; 32] {
        match self {
            Self::Regular(hash) | Self::Deferred(hash) | Self::Fixed(hash) => hash,
        }
    }
}

/// What others need to know of a derivation that was made or read.
#[derive(Clone, Debug)]
pub struct DerivationRecord {
    /// The hash modulo.
    pub hash: ModuloHash,
    /// The names of the outputs, sorted.
    pub outputs: Vec<String>,
    /// The store paths that the `.drv` file refers to, sorted.
    pub references: Vec<String>,
}

/// The derivations that are known, by `.drv` path. One that is not may be read from a store, which can fail.
pub trait Derivations {
    /// The record of a `.drv` path.
    fn record(&mut self, drv_path: &str) -> Result<Rc<DerivationRecord>, String>;
}

impl Derivation {
    /// All that the `.drv` file refers to, sorted.
    pub fn references(&self) -> impl Iterator<Item = &str> {
        let all: BTreeSet<&str> = self
            .input_srcs
            .iter()
            .map(String::as_str)
            .chain(self.input_drvs.keys().map(String::as_str))
            .collect();
        all.into_iter()
    }

    /// Whether all outputs are fixed.
    pub fn is_fixed(&self) -> bool {
        !self.outputs.is_empty() && self.outputs.values().all(|output| matches!(output, Output::Fixed { .. }))
    }

    /// The hash modulo. With `mask_outputs`, the paths of the outputs, which are not known yet, are left out.
    pub fn hash_modulo(&self, mask_outputs: bool, known: &mut dyn Derivations) -> Result<ModuloHash, String> {
        if self.outputs.len() == 1
            && let Some(Output::Fixed { path, method, hash }) = self.outputs.values().next()
        {
            let description = format!(
                "fixed:out:{}{}:{}:{path}",
                method.prefix(),
                hash.algorithm().name(),
                hash.write(Format::Base16)
            );
            return Ok(ModuloHash::Fixed(Sha256::digest(description).into()));
        }
        if self.outputs.values().any(|output| matches!(output, Output::Impure { .. })) {
            return Ok(ModuloHash::Deferred(Sha256::digest("impure").into()));
        }
        let mut is_deferred =
            self.outputs.values().any(|output| matches!(output, Output::Floating { .. } | Output::Deferred));
        if mask_outputs {
            // Whether they are deferred is what this call is to find out.
            is_deferred = self.outputs.values().any(|output| matches!(output, Output::Floating { .. }));
        }
        let mut inputs: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
        for (drv_path, outputs) in &self.input_drvs {
            let record = known.record(drv_path)?;
            is_deferred |= matches!(record.hash, ModuloHash::Deferred(_));
            inputs
                .entry(encoding::base16(record.hash.bytes()))
                .or_default()
                .extend(outputs.iter().map(String::as_str));
        }
        let text = aterm::write(self, mask_outputs, &inputs);
        let hash = Sha256::digest(&text).into();
        Ok(if is_deferred { ModuloHash::Deferred(hash) } else { ModuloHash::Regular(hash) })
    }

    /// The `.drv` file's content.
    pub fn to_aterm(&self) -> Vec<u8> {
        let inputs: BTreeMap<String, BTreeSet<&str>> = self
            .input_drvs
            .iter()
            .map(|(path, outputs)| (path.clone(), outputs.iter().map(String::as_str).collect()))
            .collect();
        aterm::write(self, false, &inputs)
    }

    /// The path of the `.drv` file, from its content.
    pub fn drv_path(&self, store: &StoreDir, aterm: &[u8]) -> Result<String, String> {
        store.text_path(&format!("{}.drv", self.name), aterm, self.references())
    }

    /// What others need to know of this derivation.
    pub fn record(&self, known: &mut dyn Derivations) -> Result<DerivationRecord, String> {
        Ok(DerivationRecord {
            hash: self.hash_modulo(false, known)?,
            outputs: self.outputs.keys().cloned().collect(),
            references: self.references().map(str::to_owned).collect(),
        })
    }
}

/// The `.drv` path itself, and all `.drv` paths and other store paths that it refers to, directly or not: what a
/// context with the whole derivation (`drvPath` in a string) stands for. Paths that are no derivations are not
/// followed, since only a store knows what they refer to.
pub fn closure(drv_path: &str, known: &mut dyn Derivations) -> Result<BTreeSet<String>, String> {
    let mut seen = BTreeSet::new();
    let mut todo = vec![drv_path.to_owned()];
    while let Some(path) = todo.pop() {
        if seen.contains(&path) {
            continue;
        }
        if path.ends_with(".drv") {
            todo.extend(known.record(&path)?.references.iter().cloned());
        }
        seen.insert(path);
    }
    Ok(seen)
}

/// What stands for an output's path in its own derivation before the path is known (`builtins.placeholder`).
pub fn placeholder(output: &[u8]) -> String {
    let mut hasher = Sha256::new();
    hasher.update(b"nix-output:");
    hasher.update(output);
    format!("/{}", encoding::nix32(&hasher.finalize()))
}

/// What stands for the path of another derivation's output that is not known before it is built.
pub fn upstream_placeholder(store: &StoreDir, drv_path: &str, output: &str) -> Result<String, String> {
    let (hash, name) = store.parse(drv_path)?;
    let name = name.strip_suffix(".drv").unwrap_or(name);
    let text = format!("nix-upstream-output:{hash}:{}", output_name(name, output));
    Ok(format!("/{}", encoding::nix32(&Sha256::digest(text))))
}

/// What stands for an output of a derivation that is itself the output of another one, whose placeholder is given
/// (`builtins.outputOf`).
pub fn computed_placeholder(placeholder: &str, output: &str) -> Option<String> {
    let hash = encoding::decode_nix32(placeholder.strip_prefix('/')?.as_bytes())?;
    let folded = encoding::nix32(&compress_hash(&hash));
    let text = format!("nix-computed-output:{folded}:{output}");
    Some(format!("/{}", encoding::nix32(&Sha256::digest(text))))
}
