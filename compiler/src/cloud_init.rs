//! What cloud-init configures a guest from: `cloud-init/<machine>/…`, the files of a `NoCloud` seed.
//!
//! See <https://docs.cloud-init.io/en/latest/reference/datasources/nocloud.html>. What Launchnix writes by itself is
//! JSON, which is YAML as well.

use std::collections::BTreeMap;

use launchnix_schema::{Deployment, Machine, identity};
use serde_json::{Map, Value, json};

use crate::addresses::Addresses;
use crate::network_interface::NetworkInterface;

/// Where a file of a machine's seed is in the build directory.
pub(crate) fn file(machine: &str, name: &str) -> String {
    format!("cloud-init/{machine}/{name}")
}

/// The files of a machine's seed; `None` where it has none.
pub(crate) fn files(
    deployment: &Deployment,
    machine: &Machine,
    nics: &[NetworkInterface],
    addresses: &[Addresses],
) -> Option<BTreeMap<&'static str, String>> {
    let wanted = machine.options.cloud_init.as_ref()?;
    let mut files = BTreeMap::new();
    let user_data = match &wanted.user_data {
        Some(content) => content.value.text().to_owned(),
        None => format!("#cloud-config\n{}", pretty(&user_data(machine))),
    };
    files.insert("user-data", user_data);
    let meta_data = match &wanted.meta_data {
        Some(content) => content.value.text().to_owned(),
        None => pretty(&meta_data(deployment, machine)),
    };
    files.insert("meta-data", meta_data);
    let network_config = match &wanted.network_config {
        Some(content) => Some(content.value.text().to_owned()),
        None => network_config(nics, addresses).map(|config| pretty(&config)),
    };
    files.extend(network_config.map(|config| ("network-config", config)));
    Some(files)
}

fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}

/// Lets the user of `sshUser` in, whom an image need not have.
fn user_data(machine: &Machine) -> Value {
    let user = machine.options.ssh_user.value.as_str();
    let keys = &machine.public_keys;
    if keys.is_empty() {
        return json!({});
    }
    if user == "root" {
        return json!({ "disable_root": false, "ssh_authorized_keys": keys });
    }
    let user = json!({
        "name": user,
        "shell": "/bin/bash",
        "ssh_authorized_keys": keys,
        "sudo": "ALL=(ALL) NOPASSWD:ALL",
    });
    json!({ "users": ["default", user] })
}

/// The instance's identity stays the same, so that cloud-init does its work once and not after each change.
fn meta_data(deployment: &Deployment, machine: &Machine) -> Value {
    let name = &machine.name.value;
    let mut data = json!({
        "instance-id": identity::machine_uuid(&deployment.fleet, name).to_string(),
        "local-hostname": name.as_str(),
    });
    if !machine.public_keys.is_empty() {
        data["public-keys"] = json!(machine.public_keys);
    }
    data
}

/// The static addresses, in version 2 of cloud-init's format; `None` where DHCP does everything.
fn network_config(nics: &[NetworkInterface], addresses: &[Addresses]) -> Option<Value> {
    if addresses.iter().all(|addresses| addresses.leased) {
        return None;
    }
    let mut ethernets = Map::new();
    for (index, nic) in nics.iter().enumerate() {
        let mut card = json!({ "match": { "macaddress": nic.mac } });
        let own: Vec<_> =
            addresses.iter().filter(|addresses| addresses.nic == Some(index) && !addresses.leased).collect();
        if own.is_empty() {
            card["dhcp4"] = json!(true);
        } else {
            let ips = own.iter().flat_map(|addresses| &addresses.ips);
            card["addresses"] = ips.map(|(ip, prefix)| format!("{ip}/{prefix}")).collect();
            let gateways = own.iter().filter_map(|addresses| addresses.gateway);
            let routes: Vec<_> =
                gateways.map(|via| json!({ "to": "default", "via": via.to_string() })).collect();
            if !routes.is_empty() {
                card["routes"] = json!(routes);
            }
            let dns: Vec<_> =
                own.iter().flat_map(|addresses| &addresses.dns).map(ToString::to_string).collect();
            if !dns.is_empty() {
                card["nameservers"] = json!({ "addresses": dns });
            }
        }
        ethernets.insert(format!("card{index}"), card);
    }
    Some(json!({ "version": 2, "ethernets": ethernets }))
}
