//! The XML layer: what is read, what is refused and where, and how fragments are merged.

#![expect(clippy::format_push_string, reason = "what a test shows may cost an allocation")]

use launchnix_compiler::xml::{
    Element, Fault, Fragment, merge_domain, merge_element, read, unknown_names, write,
};
use proptest::prelude::*;

fn snapshots() -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/../snapshots/compiler"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings
}

fn show(text: &str, faults: &[Fault]) -> String {
    let mut out = format!("{}\n", text.escape_debug());
    for fault in faults {
        let part = |range: &std::ops::Range<usize>| {
            text.get(range.clone()).unwrap_or("?").escape_debug().to_string()
        };
        out += &format!("  {} `{}`: {}\n", fault.code, part(&fault.at), fault.message);
        if !fault.label.is_empty() {
            out += &format!("    label: {}\n", fault.label);
        }
        for (at, label) in &fault.others {
            out += &format!("    other `{}`: {label}\n", part(at));
        }
        if let Some(help) = &fault.help {
            out += &format!("    help: {help}\n");
        }
    }
    out
}

#[test]
fn faults_have_places_and_ways_out() {
    let cases = [
        "<devices><disk></devices>",
        "<memory>4</memroy>",
        "<devices>",
        "<devices><disk type='file'>",
        "</devices>",
        "<memory 4</memory>",
        "<memory unit='MiB>4</memory>",
        "<memory unit=\"MiB>4</memory><vcpu placement=\"static\">2</vcpu>",
        "<memory unit=MiB>4</memory>",
        "<memory unit>4</memory>",
        "<memory unit=>4</memory>",
        "<memory unit='MiB' unit='GiB'>4</memory>",
        "<disk type='file'device='cdrom'/>",
        "<description>a & b</description>",
        "<description>&nbsp;</description>",
        "<description>&#0; &#x41; &#xD800;</description>",
        "<description title='a & b' x='&foo;'/>",
        "<description>5 < 6</description>",
        "<1memory/>",
        "<a:b:c/>",
        "<mem&ory/>",
        "hello <memory>4</memory> world",
        "<!-- no end",
        "<!-- a -- b --><memory/>",
        "<!DOCTYPE domain><domain/>",
        "<![CDATA[ x",
        "<?pi",
        "<memory/><?xml version='1.0'?>",
        "<foo:bar/>",
        "<memory foo:unit='x'/>",
        "<description>\u{1}</description>",
        "<memory",
        "<",
        "<>",
        "< memory/>",
        "<memory>4</memory>>",
        "<x>]]></x>",
        "<!ELEMENT a>",
        "<devices><watchdog model='x' action='reset'\n</devices><a><b></c></a>",
        "<features>\n<pae state='on/>\n<apic/></feature></features><x",
        "<a b='x c='y'/><d/ >",
        "<a b='x', c:'y' 'z' d 'w'/><e f/g='1'/>",
        "<a b='it's a dog's'/><a b=\"say \"hi\"\"/>",
        "<a b='x < y'/><<b/><c>a < b</c>",
        "<a>b>1</b></a>c>2</c><d>",
        "<Devices><Disk></disk></devices>",
        "<a></b></a><c></a",
        "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a><d>",
        "./machine.xml",
        "/nix/store/00000000000000000000000000000000-machine.xml",
        "&amp;",
        "&unterminated",
    ];
    let shown: String = cases
        .iter()
        .map(|text| match read(text) {
            Err(faults) => show(text, &faults),
            Ok(elements) => panic!("{text} was read as {elements:?}"),
        })
        .collect();
    snapshots().bind(|| insta::assert_snapshot!("xml-faults", shown));
}

#[test]
fn what_is_read_is_written_back() {
    let text = "<domain type='kvm' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>\n<!-- c -->\
                <description>a &lt; b &amp; &#x1F600;<![CDATA[<raw>]]></description>\r\n<on-x a=\"1&#10;2\n3\"/>\
                <qemu:commandline><qemu:arg value='-s'/></qemu:commandline></domain>";
    let read = read(text).expect("well-formed");
    assert_eq!(
        String::from_utf8(write(&read[0])).expect("UTF-8"),
        "<domain type=\"kvm\" xmlns:qemu=\"http://libvirt.org/schemas/domain/qemu/1.0\">\n  \
           <description>a &lt; b &amp; \u{1F600}&lt;raw&gt;</description>\n  \
           <on-x a=\"1&#10;2 3\"/>\n  \
           <qemu:commandline>\n    <qemu:arg value=\"-s\"/>\n  </qemu:commandline>\n</domain>\n"
    );
}

#[test]
fn deep_nesting_is_a_fault_and_no_crash() {
    let text = "<a>".repeat(1_000_000);
    let faults = read(&text).expect_err("too deep");
    assert_eq!(faults.len(), 1);
    assert!(faults[0].message.contains("nested"), "{}", faults[0].message);
}

fn mergeable((fragment, faults): (Fragment, Vec<Fault>)) -> Fragment {
    assert_eq!(faults, []);
    fragment
}

fn base() -> Element {
    let text = "<domain type='kvm'><name>web</name><memory unit='MiB'>1024</memory><vcpu placement='static'>2</vcpu>\
        <os><type arch='x86_64' machine='q35'>hvm</type></os><features><acpi/><apic/></features>\
        <cpu mode='host-model'/><clock offset='utc'><timer name='rtc' tickpolicy='catchup'/></clock><devices>\
        <disk type='volume' device='disk'><driver name='qemu' type='qcow2'/><source pool='default' volume='web-boot.qcow2'/>\
        <target dev='vda' bus='virtio'/></disk>\
        <interface type='network'><mac address='52:54:00:aa:bb:cc'/><source network='default'/><model type='virtio'/></interface>\
        <memballoon model='virtio'/></devices></domain>";
    let mut root = read(text).expect("well-formed").remove(0);
    root.child_or_insert("devices").child_or_insert("disk").label = Some("boot".into());
    root.child_or_insert("devices").child_or_insert("interface").label = Some("0".into());
    root
}

#[test]
fn fragments_are_merged() {
    let cases = [
        "<memory>4194304</memory>",
        "<memory unit='GiB'>4</memory><currentMemory unit='GiB'>2</currentMemory>",
        "<vcpu cpuset='0-3'/>",
        "<cpu><topology sockets='1' cores='2' threads='1'/></cpu>",
        "<cpu mode='host-passthrough' migratable='off'/>",
        "<features><hyperv><relaxed state='on'/></hyperv></features>",
        "<clock><timer name='rtc' tickpolicy='delay'/><timer name='hpet' present='no'/></clock>",
        "<devices><disk type='file' device='disk'><source file='/a.img'/><target dev='vda' bus='sata'/></disk></devices>",
        "<devices><disk type='file' device='disk'><source file='/a.img'/><target dev='vdb' bus='virtio'/></disk></devices>",
        "<devices><interface type='direct'><mac address='52:54:00:AA:BB:CC'/><source dev='eth0' mode='bridge'/></interface></devices>",
        "<devices><interface type='bridge'><source bridge='br0'/></interface></devices>",
        "<devices><memballoon model='none'/></devices>",
        "<features>none</features><cpu>host-passthrough</cpu>",
        "<domain type='qemu'><title>x</title></domain>",
        "<qemu:commandline><qemu:arg value='-s'/><qemu:arg value='-S'/></qemu:commandline>",
        "<metadata><my:x xmlns:my='urn:my'>1</my:x></metadata>",
        "<!-- nothing -->",
        "",
    ];
    let shown: String = cases
        .iter()
        .map(|text| {
            let fragment = mergeable(Fragment::of_domain(read(text).expect("well-formed")));
            let mut merged = base();
            let touched = merge_domain(&mut merged, &fragment);
            let before = String::from_utf8(write(&base())).expect("UTF-8");
            let after = String::from_utf8(write(&merged)).expect("UTF-8");
            let mut out = format!("{text}\n");
            for diff in lines_that_differ(&before, &after) {
                out += &format!("  {diff}\n");
            }
            for part in touched {
                out += &format!("  touched {} by `{}`\n", part.path, &text[part.at]);
            }
            out
        })
        .collect();
    snapshots().bind(|| insta::assert_snapshot!("xml-merges", shown));
}

/// The lines that only one of the texts has, in order; enough for small documents without repeated lines.
fn lines_that_differ(before: &str, after: &str) -> Vec<String> {
    let gone = before
        .lines()
        .filter(|line| !after.lines().any(|other| other == *line))
        .map(|line| format!("- {line}"));
    let new = after
        .lines()
        .filter(|line| !before.lines().any(|other| other == *line))
        .map(|line| format!("+ {line}"));
    gone.chain(new).collect()
}

#[test]
fn what_cannot_be_merged_is_refused() {
    let cases = [
        "<network><name>x</name></network>",
        "<domain/><memory/>",
        "<domain/><domain><uuid>x</uuid></domain>",
        "<uuid>x</uuid><devices><disk/><disk><target/></disk></devices>",
        "<devices><disk><target dev='vda'/></disk><disk><target dev='vda'/></disk><disk><traget dev='vdb'/></disk></devices>",
        "<devices><disk><target dev='vdb'/><boot order='1'/></disk><interface><boot order='1'/></interface></devices>",
        "<os><boot dev='hd'/></os><devices><interface><boot order='1'/></interface></devices>",
        "<metadata><launchnix:machine xmlns:launchnix='https://launchnix.dev/xmlns/1'/></metadata>",
    ];
    let shown: String = cases
        .iter()
        .map(|text| show(text, &Fragment::of_domain(read(text).expect("well-formed")).1))
        .collect();
    snapshots().bind(|| insta::assert_snapshot!("xml-unmergeable", shown));
}

#[test]
fn device_fragments_are_whole_or_children() {
    for text in ["<disk><driver discard='unmap'/></disk>", "<driver discard='unmap'/>"] {
        let mut disk =
            read("<disk type='volume'><driver name='qemu'/></disk>").expect("well-formed").remove(0);
        let fragment = mergeable(Fragment::of_device(read(text).expect("well-formed"), "disk"));
        merge_element(&mut disk, &fragment);
        assert_eq!(disk.find(&["driver"], "discard"), Some("unmap"), "{text}");
        assert_eq!(disk.find(&["driver"], "name"), Some("qemu"), "{text}");
    }
}

/// Text that looks enough like XML to get past the first tag.
fn nearly_xml() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("<a>".to_owned()),
        Just("</a>".to_owned()),
        Just("<b c='d'>".to_owned()),
        Just("</b>".to_owned()),
        Just("<e f=\"".to_owned()),
        Just("'/>".to_owned()),
        Just("&lt;".to_owned()),
        Just("&".to_owned()),
        Just("<!--".to_owned()),
        Just("-->".to_owned()),
        Just("<![CDATA[".to_owned()),
        Just("]]>".to_owned()),
        Just("<?x?>".to_owned()),
        Just("é\u{1F600}".to_owned()),
        "[ -~\n\t]{0,6}",
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

fn in_bounds(text: &str) {
    match read(text) {
        Ok(elements) => {
            let mut root = Element::new("root");
            for element in elements {
                root.push(element);
            }
            let again = read(&String::from_utf8(write(&root)).expect("UTF-8"));
            assert!(again.is_ok(), "written text is read again: {again:?}");
        }
        Err(faults) => {
            assert!(!faults.is_empty());
            for fault in faults {
                assert!(text.get(fault.at.clone()).is_some(), "{:?} is a part of {text:?}", fault.at);
                for (at, _) in fault.others {
                    assert!(text.get(at.clone()).is_some(), "{at:?} is a part of {text:?}");
                }
            }
        }
    }
}

proptest! {
    #[test]
    fn no_text_makes_the_reader_panic(text in any::<String>()) {
        in_bounds(&text);
    }

    #[test]
    fn nothing_like_xml_makes_the_reader_panic(text in nearly_xml()) {
        in_bounds(&text);
    }

    #[test]
    fn text_and_attributes_survive(text in "[ -~\n\t\u{a0}-\u{d7ff}]*", value in "[ -~\n\t\r\u{a0}-\u{10ff}]*") {
        let root = Element::new("a").with("b", value.as_str()).with_text(text.as_str());
        let back = read(&String::from_utf8(write(&root)).expect("UTF-8")).expect("well-formed").remove(0);
        prop_assert_eq!(back.attribute("b"), Some(value.as_str()));
        if !text.trim().is_empty() {
            prop_assert_eq!(back.text(), text);
        }
    }
}

#[test]
fn names_that_libvirt_does_not_know_are_found() {
    let cases = [
        ("", "domain", "<memroy>4</memroy><html/>"),
        ("", "domain", "<disk type='file'/><devices><dsik/><memtune/></devices>"),
        ("", "domain", "<devices><disk type='file' bus='virtio'><traget dve='vda'/></disk></devices>"),
        ("", "domain", "<devices><disk><target><dev>vda</dev></target></disk></devices>"),
        (
            "",
            "domain",
            "<cpu mode='host-passthrough' topology='1'><featrue name='vmx' polcy='disable'/></cpu>",
        ),
        ("", "domain", "<vcpu count='2'>2</vcpu><features acpi='on'><acpi/><apci/></features>"),
        ("", "domain", "<qemu:commandline><qemu:arg value='-s'/><qemu:argh/></qemu:commandline>"),
        (
            "",
            "domain",
            "<memoryBacking><hugepages><page size='2' unit='M' nodset='0'/></hugepages></memoryBacking>",
        ),
        ("", "domain", "<interface type='network'><source network='x'/></interface>"),
        ("devices", "disk", "<iotune><total_iops>5</total_iops></iotune><interface/>"),
        ("devices", "hostdev", "<rom bra='on'/><adress/>"),
        (
            "",
            "domain",
            "<features>acpi</features><cpu>host-passthrough</cpu><clock>utc</clock><os>some words</os>",
        ),
        (
            "",
            "domain",
            "<devices><interface><mtu>9000</mtu><model>virtio</model><vlan><tag>42</tag></vlan></interface></devices>",
        ),
        (
            "",
            "domain",
            "<cpu mode='Host-Model'/><memory unit='MIB'>4</memory><memory unit='furlong'>4 GiB</memory><vcpu>two</vcpu>",
        ),
        (
            "",
            "domain",
            "<on_crash>restrat</on_crash><features><pmu state='true'/></features><os><type>kvm</type></os>",
        ),
        (
            "",
            "domain",
            "<devices><interface><mac address='52:54:00:12:34'/></interface><interface><mac \
             address='53:54:00:12:34:56'/></interface></devices>",
        ),
        ("", "domain", "<qemu:commandline xmlns:qemu='urn:x'/><commandline/><ram/><cpus/><CPU/><Domain/>"),
        (
            "",
            "domain",
            "<numatune><memory node='0'/></numatune><cpu><numa><node/></numa></cpu><devices><interface><filterref \
             name='x'/></interface></devices>",
        ),
        (
            "",
            "domain",
            "<metadata><mine:any xmlns:mine='urn:x' thing='1'><mine:other/></mine:any></metadata>",
        ),
    ];
    let shown: String = cases
        .iter()
        .map(|(parent, root, text)| {
            let elements = read(text).expect("well-formed");
            let fragment = if root == &"domain" {
                Fragment::of_domain(elements)
            } else {
                Fragment::of_device(elements, root)
            };
            show(text, &unknown_names(fragment.0.root(), parent, &[]))
        })
        .collect();
    snapshots().bind(|| insta::assert_snapshot!("xml-unknown-names", shown));
}
