#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| launchnix_fuzz_targets::run("version", input));
