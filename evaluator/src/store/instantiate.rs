//! From the attributes of a derivation to its `.drv` path and its outputs: the end of `derivationStrict`.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::derivation::{
    Derivation, DerivationRecord, Derivations, ModuloHash, Output, placeholder, upstream_placeholder,
};
use super::hash::{Algorithm, Hash};
use super::path::{Method, StoreDir, output_name};

/// How the outputs of a derivation are addressed.
#[derive(Clone, Debug)]
pub enum Addressing {
    /// By the derivation (the default).
    Input,
    /// By a hash that is given (`outputHash`); the only output is `out`.
    Fixed {
        /// How it is hashed.
        method: Method,
        /// The hash.
        hash: Hash,
    },
    /// By their content (`__contentAddressed`).
    Floating {
        /// How they are hashed.
        method: Method,
        /// With what algorithm.
        algorithm: Algorithm,
    },
    /// Not at all (`__impure`).
    Impure {
        /// How they are hashed.
        method: Method,
        /// With what algorithm.
        algorithm: Algorithm,
    },
}

/// What is known of a derivation.
#[derive(Clone, Debug)]
pub struct Instantiated {
    /// The path of its `.drv` file.
    pub drv_path: Rc<str>,
    /// The content of its `.drv` file.
    pub aterm: Vec<u8>,
    /// The path of each output, or what stands for it until it is built.
    pub outputs: BTreeMap<String, String>,
    /// What other derivations need to know; to be found by [`Derivations::record`] from now on.
    pub record: Rc<DerivationRecord>,
}

/// Completes a derivation whose `outputs` are empty: adds the outputs and the variables named after them.
pub fn instantiate(
    store: &StoreDir,
    mut derivation: Derivation<'_>,
    output_names: &[String],
    addressing: &Addressing,
    known: &mut dyn Derivations,
) -> Result<Instantiated, String> {
    for name in output_names {
        let (output, variable) = match addressing {
            Addressing::Input => (Output::Deferred, String::new()),
            Addressing::Fixed { method, hash } => {
                let path =
                    store.fixed_output_path(*method, hash, &output_name(&derivation.name, name), [])?;
                (Output::Fixed { path: path.clone(), method: *method, hash: *hash }, path)
            }
            Addressing::Floating { method, algorithm } => {
                (Output::Floating { method: *method, algorithm: *algorithm }, placeholder(name.as_bytes()))
            }
            Addressing::Impure { method, algorithm } => {
                (Output::Impure { method: *method, algorithm: *algorithm }, placeholder(name.as_bytes()))
            }
        };
        derivation.env.insert(name.clone().into_bytes().into(), variable.into_bytes().into());
        derivation.outputs.insert(name.clone(), output);
    }
    let masked = match addressing {
        Addressing::Input => Some(derivation.masked_hash(&derivation.input_hashes(known)?)),
        _ => None,
    };
    if let Some(ModuloHash::Regular(hash)) = masked {
        let hash = Hash::sha256(hash);
        for name in output_names {
            let path = store.output_path(name, &hash, &derivation.name)?;
            derivation.env.insert(name.clone().into_bytes().into(), path.clone().into_bytes().into());
            derivation.outputs.insert(name.clone(), Output::InputAddressed(path));
        }
    }
    let (aterm, inputs_at) = derivation.to_aterm();
    let drv_path: Rc<str> = derivation.drv_path(store, &aterm)?.into();
    let mut outputs = BTreeMap::new();
    for (name, output) in &derivation.outputs {
        let path = match output {
            Output::InputAddressed(path) | Output::Fixed { path, .. } => path.clone(),
            Output::Floating { .. } | Output::Deferred | Output::Impure { .. } => {
                upstream_placeholder(store, &drv_path, name)?
            }
        };
        outputs.insert(name.clone(), path);
    }
    let inputs = derivation.input_hashes(known)?;
    let record = derivation.record(Rc::clone(&drv_path), &inputs, (&aterm, &inputs_at), known)?;
    let record = Rc::new(record);
    Ok(Instantiated { drv_path, aterm, outputs, record })
}
