//! Making volumes: blank, as overlays, or filled over a libvirt stream.

use std::fs::File;
use std::io::Read;
use std::time::{Duration, Instant};

use launchnix_schema::manifest::Volume;
use virt::storage_pool::StoragePool;
use virt::storage_vol::StorageVol;
use virt::stream::Stream;
use virt::sys;

use super::content::{Image, Prepared};
use super::shared::{not_in_the_build, unexpected};
use super::{Run, machine};
use crate::adapt::Driver;
use crate::error::{Doing as _, Error, Result};
use crate::plan::{Action, Step};
use crate::stream::send_hole;
use crate::xml::Element;

/// Carries out what a volume needs, and records that it is complete.
pub(super) fn carry_out(run: &Run<'_>, action: &Action) -> Result<()> {
    let title = action.title();
    let pool_name = action.pool.as_deref().unwrap_or_default();
    let volume = run.site.build.volume(pool_name, &action.name).ok_or_else(|| not_in_the_build(&title))?;
    for step in &action.steps {
        match step {
            Step::Create => make(run, volume, &title)?,
            Step::Remake => {
                // What an interrupted run left is worth nothing; what a replaced disk held was given up with consent.
                if let Ok(half_made) = run.host.volume(pool_name, &action.name) {
                    half_made.delete(0).doing(|| format!("remove the old {title}"))?;
                }
                make(run, volume, &title)?;
            }
            Step::Adopt => run.listener.done(&title, "taken as it is"),
            Step::Grow { to, .. } => grow(run, volume, *to, &title)?,
            other => return Err(unexpected(&title, other)),
        }
    }
    machine::record_complete(run, volume)
}

fn make(run: &Run<'_>, volume: &Volume, title: &str) -> Result<()> {
    let pool = run.host.pool(&volume.pool)?;
    let compiled = run.site.build.document(&volume.file).clone();
    match run.contents.get(&(volume.pool.clone(), volume.name.clone())) {
        None | Some(Prepared::Blank) => {
            let document = with_capacity(compiled, volume.capacity.unwrap_or_default());
            create(&pool, &document, title)?;
            run.listener.done(title, "made");
        }
        Some(Prepared::Overlay { backing }) => {
            let document = overlay(run, volume, compiled, backing, title)?;
            create(&pool, &document, title)?;
            run.listener.done(title, &format!("made, an overlay of `{backing}`"));
        }
        Some(Prepared::Image(image)) => {
            // The file is made raw and as long as the image: a hole in the stream then leaves zeros behind, where
            // over a fresh qcow2 it would leave that one's header. libvirt finds the format out on the refresh.
            let document = with_format(with_capacity(compiled, image.length), "raw");
            let made = create(&pool, &document, title)?;
            if let Err(error) = upload(run, &made, image, title) {
                let _ = made.delete(0);
                return Err(error);
            }
            refresh(&pool, &volume.pool)?;
            if let Some(capacity) = volume.capacity
                && capacity > image.capacity
            {
                let made = run.host.volume(&volume.pool, &volume.name)?;
                made.resize(capacity, 0).doing(|| format!("make {title} larger than its image"))?;
            }
            run.listener.done(title, "uploaded");
        }
    }
    Ok(())
}

/// Lets libvirt look at the files of a pool. It does not while something is uploaded to the same pool, which another
/// machine's turn may be doing.
fn refresh(pool: &StoragePool, name: &str) -> Result<()> {
    const PATIENCE: Duration = Duration::from_mins(30);
    let began = Instant::now();
    loop {
        match pool.refresh(0) {
            Err(error) if error.message().contains("asynchronous jobs") && began.elapsed() < PATIENCE => {
                std::thread::sleep(Duration::from_millis(250));
            }
            result => return result.doing(|| format!("look at pool `{name}` again")),
        }
    }
}

fn create(pool: &StoragePool, document: &Element, title: &str) -> Result<StorageVol> {
    StorageVol::create_xml(pool, &document.to_xml(), 0).doing(|| format!("make {title}"))
}

fn with_capacity(mut document: Element, bytes: u64) -> Element {
    document.children.retain(|child| child.name != "capacity");
    let capacity = Element::new("capacity").with("unit", "bytes").with_text(bytes.to_string());
    let after_name =
        document.children.iter().position(|child| child.name == "name").map_or(0, |index| index + 1);
    document.children.insert(after_name, capacity);
    document
}

fn with_format(mut document: Element, format: &str) -> Element {
    if document.child("target").is_none() {
        document.children.push(Element::new("target"));
    }
    let target = document.child_mut("target").expect("it was just put there");
    target.children.retain(|child| child.name != "format");
    target.children.push(Element::new("format").with("type", format));
    document
}

fn overlay(run: &Run<'_>, volume: &Volume, compiled: Element, backing: &str, title: &str) -> Result<Element> {
    let lower = run.host.volume(&volume.pool, backing)?;
    let doing = || format!("look at volume `{backing}`");
    let size = lower.info().doing(doing)?.capacity;
    let capacity = volume.capacity.unwrap_or(size);
    if capacity < size {
        return Err(Error::new(format!(
            "{title} is to have {}, and the image that it lies over has {}",
            crate::compare::readable_size(capacity),
            crate::compare::readable_size(size)
        ))
        .help("set a size that is at least that; without a size it is the image's"));
    }
    let format =
        run.site.build.volume(&volume.pool, backing).map_or("qcow2", |volume| volume.format.as_str());
    let mut document = with_capacity(compiled, capacity);
    document.children.retain(|child| child.name != "backingStore");
    document.children.push(
        Element::new("backingStore")
            .with_child(Element::new("path").with_text(lower.path().doing(doing)?))
            .with_child(Element::new("format").with("type", format)),
    );
    Ok(document)
}

fn grow(run: &Run<'_>, volume: &Volume, to: u64, title: &str) -> Result<()> {
    let found = run.host.volume(&volume.pool, &volume.name)?;
    let running = volume.disk.as_ref().and_then(|disk| {
        let domain = run.host.domain(&disk.machine).ok()?;
        domain.is_active().unwrap_or(false).then_some(domain)
    });
    let size = crate::compare::readable_size(to);
    match running {
        // The hypervisor has the file open: only it may change it.
        Some(domain) => {
            let path = found.path().doing(|| format!("look at {title}"))?;
            domain
                .block_resize(&path, to, sys::VIR_DOMAIN_BLOCK_RESIZE_BYTES)
                .doing(|| format!("make {title} larger while its machine runs"))?;
            run.listener.done(title, &format!("grown to {size} while its machine runs"));
        }
        None => {
            found.resize(to, 0).doing(|| format!("make {title} larger"))?;
            run.listener.done(title, &format!("grown to {size}"));
        }
    }
    Ok(())
}

/// Runs of zeros at least this long travel as holes.
const BLOCK: usize = 64 << 10;

fn upload(run: &Run<'_>, volume: &StorageVol, image: &Image, title: &str) -> Result<()> {
    debug_assert!(run.host.driver != Driver::Test, "the test driver's contents are blank");
    let mut file = File::open(&image.path).map_err(|error| Error::file("open", &image.path, &error))?;
    let failed = || format!("upload `{}` to {title}", image.path.display());
    let stream = Stream::new(&run.host.connection, 0).doing(failed)?;
    let flags = sys::VIR_STORAGE_VOL_UPLOAD_SPARSE_STREAM;
    volume.upload(&stream, 0, image.length, flags).doing(failed)?;
    let mut hole = 0;
    let mut done = 0;
    let mut block = vec![0; BLOCK];
    let result = loop {
        let length = match fill(&mut file, &mut block, image.length - done) {
            Ok(0) => break flush(&stream, &mut hole).doing(failed),
            Ok(length) => length,
            Err(error) => break Err(Error::file("read", &image.path, &error)),
        };
        let sent = if block[..length].iter().all(|byte| *byte == 0) {
            hole += length as u64;
            Ok(())
        } else {
            flush(&stream, &mut hole).and_then(|()| send(&stream, &block[..length]))
        };
        if let Err(error) = sent.doing(failed) {
            break Err(error);
        }
        done += length as u64;
        run.listener.progress(title, "uploading", done, Some(image.length));
    };
    if result.is_ok() && done != image.length {
        let _ = stream.abort();
        return Err(Error::new(format!("`{}` became shorter while it was uploaded", image.path.display())));
    }
    match result {
        // Only now is it known that the other side has written everything.
        Ok(()) => stream.finish().doing(failed),
        Err(error) => {
            let _ = stream.abort();
            Err(error)
        }
    }
}

fn fill(file: &mut File, block: &mut [u8], left: u64) -> std::io::Result<usize> {
    let most = usize::try_from(left).unwrap_or(usize::MAX).min(block.len());
    let mut filled = 0;
    while filled < most {
        match file.read(&mut block[filled..most])? {
            0 => break,
            length => filled += length,
        }
    }
    Ok(filled)
}

fn flush(stream: &Stream, hole: &mut u64) -> Result<(), virt::error::Error> {
    if *hole > 0 {
        send_hole(stream, std::mem::take(hole))?;
    }
    Ok(())
}

fn send(stream: &Stream, mut bytes: &[u8]) -> Result<(), virt::error::Error> {
    while !bytes.is_empty() {
        let sent = stream.send(bytes)?;
        bytes = &bytes[usize::try_from(sent).unwrap_or(0).min(bytes.len())..];
    }
    Ok(())
}
