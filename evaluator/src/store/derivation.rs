//! Derivations: what they hold, and the hash that names their outputs (the manual's “Derivation” and “Hash modulo of
//! a derivation”).

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::aterm::{self, InputsAt};
use super::encoding;
use super::hash::{Algorithm, Format, Hash};
use super::path::{Method, StoreDir, output_name};
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

/// A derivation. Its texts are mostly those of an evaluation, which has them already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Derivation<'d> {
    /// Its name, without `.drv`.
    pub name: String,
    /// The outputs by name.
    pub outputs: BTreeMap<String, Output>,
    /// The `.drv` paths that are built first, with the outputs that are used.
    pub input_drvs: BTreeMap<Cow<'d, str>, BTreeSet<Cow<'d, str>>>,
    /// Other store paths that are used.
    pub input_srcs: BTreeSet<Cow<'d, str>>,
    /// The system that builds it.
    pub platform: Cow<'d, [u8]>,
    /// The program that builds it.
    pub builder: Cow<'d, [u8]>,
    /// Its arguments.
    pub args: Vec<Cow<'d, [u8]>>,
    /// Its environment.
    pub env: BTreeMap<Cow<'d, [u8]>, Cow<'d, [u8]>>,
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
    /// The path of the `.drv` file.
    pub path: Rc<str>,
    /// The hash modulo.
    pub hash: ModuloHash,
    /// The same in base 16.
    pub base16: Rc<str>,
    /// The names of the outputs, sorted.
    pub outputs: Vec<String>,
    /// The store paths that the `.drv` file refers to, sorted.
    pub references: Vec<Rc<str>>,
}

/// The derivations that are known, by `.drv` path. One that is not may be read from a store, which can fail.
pub trait Derivations {
    /// The record of a `.drv` path.
    fn record(&mut self, drv_path: &str) -> Result<Rc<DerivationRecord>, String>;

    /// The store paths that a store path refers to, as far as that is known.
    fn references(&mut self, path: &str) -> Result<Vec<Rc<str>>, String>;
}

/// The input derivations by the hashes that stand for them, with the outputs that are used.
#[derive(Debug)]
pub struct InputHashes<'d> {
    outputs: BTreeMap<Rc<str>, BTreeSet<&'d str>>,
    is_deferred: bool,
}

impl Derivation<'_> {
    /// All that the `.drv` file refers to, sorted.
    pub fn references(&self) -> impl Iterator<Item = &str> {
        let all: BTreeSet<&str> = self
            .input_srcs
            .iter()
            .map(|path| &**path)
            .chain(self.input_drvs.keys().map(|path| &**path))
            .collect();
        all.into_iter()
    }

    /// What stands for the input derivations in the hash modulo.
    pub fn input_hashes(&self, known: &mut dyn Derivations) -> Result<InputHashes<'_>, String> {
        let mut inputs = InputHashes { outputs: BTreeMap::new(), is_deferred: false };
        for (drv_path, outputs) in &self.input_drvs {
            let record = known.record(drv_path)?;
            inputs.is_deferred |= matches!(record.hash, ModuloHash::Deferred(_));
            inputs
                .outputs
                .entry(Rc::clone(&record.base16))
                .or_default()
                .extend(outputs.iter().map(|output| &**output));
        }
        Ok(inputs)
    }

    /// The hash modulo where it does not depend on the inputs: of fixed-output and impure derivations.
    fn own_hash(&self) -> Option<ModuloHash> {
        if self.outputs.len() == 1
            && let Some(Output::Fixed { path, method, hash }) = self.outputs.values().next()
        {
            let description = format!(
                "fixed:out:{}{}:{}:{path}",
                method.prefix(),
                hash.algorithm().name(),
                hash.write(Format::Base16)
            );
            return Some(ModuloHash::Fixed(Sha256::digest(description).into()));
        }
        let is_impure = self.outputs.values().any(|output| matches!(output, Output::Impure { .. }));
        is_impure.then(|| ModuloHash::Deferred(Sha256::digest("impure").into()))
    }

    /// The hash modulo without the paths of the outputs, which are not known yet.
    pub fn masked_hash(&self, inputs: &InputHashes<'_>) -> ModuloHash {
        if let Some(hash) = self.own_hash() {
            return hash;
        }
        // Whether deferred outputs stay deferred is what this is to find out.
        let is_floating = self.outputs.values().any(|output| matches!(output, Output::Floating { .. }));
        let mut text = Vec::with_capacity(ATERM_SIZE);
        aterm::write(self, true, &inputs.outputs, &mut text);
        let hash = Sha256::digest(&text).into();
        if is_floating || inputs.is_deferred { ModuloHash::Deferred(hash) } else { ModuloHash::Regular(hash) }
    }

    /// The hash modulo, from the content of the `.drv` file and the place of the inputs in it.
    fn hash_modulo(&self, inputs: &InputHashes<'_>, aterm: &[u8], inputs_at: &InputsAt) -> ModuloHash {
        if let Some(hash) = self.own_hash() {
            return hash;
        }
        let is_open = |output: &Output| matches!(output, Output::Floating { .. } | Output::Deferred);
        let is_deferred = inputs.is_deferred || self.outputs.values().any(is_open);
        let mut hashes = Vec::with_capacity(inputs.outputs.len() * 80);
        aterm::write_inputs(&inputs.outputs, &mut hashes);
        let mut hasher = Sha256::new();
        for part in [&aterm[..inputs_at.start], &hashes, &aterm[inputs_at.end..]] {
            hasher.update(part);
        }
        let hash = hasher.finalize().into();
        if is_deferred { ModuloHash::Deferred(hash) } else { ModuloHash::Regular(hash) }
    }

    /// The `.drv` file's content, and where its inputs are in it.
    pub fn to_aterm(&self) -> (Vec<u8>, InputsAt) {
        let mut text = Vec::with_capacity(ATERM_SIZE);
        let inputs_at = aterm::write(self, false, &self.input_drvs, &mut text);
        text.shrink_to_fit();
        (text, inputs_at)
    }

    /// The path of the `.drv` file, from its content.
    pub fn drv_path(&self, store: &StoreDir, aterm: &[u8]) -> Result<String, String> {
        store.text_path(&format!("{}.drv", self.name), aterm, self.references())
    }

    /// What others need to know of this derivation, which is at `path`.
    pub fn record(
        &self,
        path: Rc<str>,
        inputs: &InputHashes<'_>,
        (aterm, inputs_at): (&[u8], &InputsAt),
        known: &mut dyn Derivations,
    ) -> Result<DerivationRecord, String> {
        let hash = self.hash_modulo(inputs, aterm, inputs_at);
        let references = self.references().map(|path| {
            // The paths of derivations are known already; the others are few.
            let is_input = self.input_drvs.contains_key(path);
            if is_input { known.record(path).map(|record| Rc::clone(&record.path)) } else { Ok(path.into()) }
        });
        Ok(DerivationRecord {
            path,
            base16: encoding::base16(hash.bytes()).into(),
            hash,
            references: references.collect::<Result<_, _>>()?,
            outputs: self.outputs.keys().cloned().collect(),
        })
    }
}

/// What the content of a `.drv` file usually takes at most.
const ATERM_SIZE: usize = 4096;

/// The `.drv` path itself, and all `.drv` paths and other store paths that it refers to, directly or not: what a
/// context with the whole derivation (`drvPath` in a string) stands for.
pub fn closure(drv_path: &str, known: &mut dyn Derivations) -> Result<BTreeSet<Rc<str>>, String> {
    let mut seen = BTreeSet::new();
    let mut todo: Vec<Rc<str>> = vec![drv_path.into()];
    while let Some(path) = todo.pop() {
        if seen.contains(&path) {
            continue;
        }
        todo.extend(known.references(&path)?);
        seen.insert(path);
    }
    Ok(seen)
}

/// Whether a store path is that of a `.drv` file.
pub fn is_derivation(path: &str) -> bool {
    path.as_bytes().ends_with(b".drv")
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

#[cfg(test)]
mod tests {
    use super::super::instantiate::{Addressing, Instantiated, instantiate};
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashMap;

    /// The derivations of a test.
    #[derive(Default)]
    struct Known(HashMap<String, Rc<DerivationRecord>>);

    impl Derivations for Known {
        fn record(&mut self, drv_path: &str) -> Result<Rc<DerivationRecord>, String> {
            self.0.get(drv_path).cloned().ok_or_else(|| format!("{drv_path} is not known"))
        }

        fn references(&mut self, path: &str) -> Result<Vec<Rc<str>>, String> {
            Ok(if is_derivation(path) { self.record(path)?.references.clone() } else { Vec::new() })
        }
    }

    /// `derivation { system = "x86_64-linux"; builder = "/bin/sh"; … }`
    fn make(
        known: &mut Known,
        name: &str,
        variables: &[(&str, &str)],
        outputs: &[&str],
        addressing: &Addressing,
        inputs: &[(&Instantiated, &str)],
    ) -> Instantiated {
        let mut env = BTreeMap::new();
        for (key, value) in
            [("name", name), ("system", "x86_64-linux"), ("builder", "/bin/sh")].iter().chain(variables)
        {
            env.insert(key.as_bytes().to_vec().into(), value.as_bytes().to_vec().into());
        }
        let mut input_drvs: BTreeMap<Cow<'_, str>, BTreeSet<Cow<'_, str>>> = BTreeMap::new();
        for (input, output) in inputs {
            input_drvs.entry((&*input.drv_path).into()).or_default().insert((*output).into());
        }
        let derivation = Derivation {
            name: name.to_owned(),
            outputs: BTreeMap::new(),
            input_drvs,
            input_srcs: BTreeSet::new(),
            platform: b"x86_64-linux"[..].into(),
            builder: b"/bin/sh"[..].into(),
            args: Vec::new(),
            env,
        };
        let outputs: Vec<String> = outputs.iter().map(|output| (*output).to_owned()).collect();
        let made = instantiate(&StoreDir::default(), derivation, &outputs, addressing, known).expect("valid");
        known.0.insert(made.drv_path.to_string(), Rc::clone(&made.record));
        made
    }

    #[test]
    fn derivations_have_the_paths_that_nix_gives_them() {
        let known = &mut Known::default();
        let base = make(known, "base", &[("x", "é \"q\" \n")], &["out"], &Addressing::Input, &[]);
        let outputs = [("outputs", "out dev bin")];
        let multi = make(known, "multi", &outputs, &["out", "dev", "bin"], &Addressing::Input, &[]);
        let md5 = Hash::parse(b"d41d8cd98f00b204e9800998ecf8427e", Some(Algorithm::Md5)).expect("a hash");
        let fixed = Addressing::Fixed { method: Method::Recursive, hash: md5 };
        let variables = [
            ("outputHash", "d41d8cd98f00b204e9800998ecf8427e"),
            ("outputHashAlgo", "md5"),
            ("outputHashMode", "recursive"),
        ];
        let fixed = make(known, "fixed", &variables, &["out"], &fixed, &[]);
        let floating = Addressing::Floating { method: Method::Recursive, algorithm: Algorithm::Sha256 };
        let variables = [("outputHashAlgo", "sha256"), ("outputHashMode", "recursive")];
        let floating = make(known, "floating", &variables, &["out"], &floating, &[]);
        let variables =
            [("a", &*base.outputs["out"]), ("b", &multi.outputs["dev"]), ("c", &fixed.outputs["out"])];
        let inputs = [(&base, "out"), (&multi, "dev"), (&fixed, "out")];
        let user = make(known, "user", &variables, &["out"], &Addressing::Input, &inputs);
        let variables = [("a", &*floating.outputs["out"])];
        let deferred =
            make(known, "deferred", &variables, &["out"], &Addressing::Input, &[(&floating, "out")]);
        for (made, output, drv_path, path) in [
            (
                &base,
                "out",
                "/nix/store/6d7abhd9gvjjp8vc3qxfm68ykdcf70vc-base.drv",
                "/nix/store/vdqvakphnlgvkp0ffcf6fi2bsc6i3vfm-base",
            ),
            (
                &multi,
                "out",
                "/nix/store/bmf47ffs4v0g809dfgprysg27l18b0ai-multi.drv",
                "/nix/store/l17b8p0zqvlb0rgypzj2a8zmk2sjggdb-multi",
            ),
            (
                &multi,
                "dev",
                "/nix/store/bmf47ffs4v0g809dfgprysg27l18b0ai-multi.drv",
                "/nix/store/507mfp9zg1r8s2grm7sb0n03ia0rf3fl-multi-dev",
            ),
            (
                &fixed,
                "out",
                "/nix/store/0llfs8f09lzaqqz2sfva868yhmj8h17l-fixed.drv",
                "/nix/store/kd4zdm555m1pbchw0lgvs28h2dnik1mc-fixed",
            ),
            (
                &floating,
                "out",
                "/nix/store/c9bi1gas0nxxig8mny2zm9w9pbfgr1gc-floating.drv",
                "/0d13ypr65fz22alw0icn8261lw64ihlzvrbxrfrkb7x6yvxnxp72",
            ),
            (
                &user,
                "out",
                "/nix/store/hh30kjm60wcayyqb9gdv0w378zjfycl8-user.drv",
                "/nix/store/456ya1dx1xbb59z9689yb49s5fgqn797-user",
            ),
            (
                &deferred,
                "out",
                "/nix/store/gmrachhyvxwyy7zp82i83yfl14kdnisx-deferred.drv",
                "/1g6zz4ybwhi40bsla9ij1ka5z33978wmq4d49lr54ic330xm6fdw",
            ),
        ] {
            assert_eq!((&*made.drv_path, &*made.outputs[output]), (drv_path, path));
            let read = aterm::parse("x", &made.aterm).map(|derivation| derivation.to_aterm().0);
            assert_eq!(read.as_ref(), Ok(&made.aterm));
        }
        let all = closure(&user.drv_path, known).expect("all are known");
        assert_eq!(all.len(), 4);
    }

    #[test]
    fn placeholders() {
        assert_eq!(placeholder(b"out"), "/1rz4g4znpzjwh1xymhjpm42vipw92pr73vdgl6xs1hycac8kf2n9");
    }

    proptest! {
        #[test]
        fn any_content_is_read_or_rejected(text in "Derive\\(\\[?[\\[\\](),\"a-c\\\\]{0,40}") {
            let _ = aterm::parse("x", text.as_bytes());
        }

        #[test]
        fn variables_round_trip(name in any::<Vec<u8>>(), value in any::<Vec<u8>>()) {
            let mut known = Known::default();
            let made = make(&mut known, "x", &[], &["out"], &Addressing::Input, &[]);
            let mut derivation = aterm::parse("x", &made.aterm).expect("a derivation");
            derivation.env.insert(name.into(), value.clone().into());
            derivation.args.push(value.into());
            prop_assert_eq!(aterm::parse("x", &derivation.to_aterm().0), Ok(derivation));
        }
    }
}
