//! Attribute sets: slices sorted by symbol, layered where a small set is put over a large one.

use std::cell::Cell;
use std::collections::hash_map::Entry;

use bumpalo::Bump;
use bumpalo::collections::Vec as ArenaVec;

use rustc_hash::FxHashMap;

use super::Value;
use crate::eval::Repeated;
use crate::symbol::Symbol;

/// Where an attribute's name was written: an index into one of the evaluation's tables, 0 for nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Position(pub(crate) u32);

impl Position {
    pub(crate) const NONE: Self = Self(0);
    /// Set in the position of an attribute that takes its name from one that was written.
    const INHERITED: u32 = 1 << 31;

    /// The position for an attribute that was made from the one with this position, as `mapAttrs` does: messages
    /// name the place, but for `unsafeGetAttrPos` it was not written anywhere.
    pub(crate) fn inherited(self) -> Self {
        Self(if self.0 == 0 { 0 } else { self.0 | Self::INHERITED })
    }

    pub(crate) fn is_inherited(self) -> bool {
        self.0 & Self::INHERITED != 0
    }

    /// Set in the position of an attribute that has its name from a string, which was written somewhere.
    const NAMED: u32 = 1 << 30;

    /// The first of the numbers that stand for a place which no file of the user's has.
    const FOREIGN: u32 = Self::NAMED - 256;

    /// The position in a file that comes with Nix, by its number: it has none of the user's places.
    pub(crate) const fn foreign(number: u8) -> Self {
        Self((Self::FOREIGN + number as u32) | Self::NAMED)
    }

    /// The number that [`foreign`](Self::foreign) was given.
    pub(crate) fn foreign_number(self) -> Option<u8> {
        let number = self.0.checked_sub(Self::FOREIGN | Self::NAMED)?;
        u8::try_from(number).ok()
    }

    /// The position with a number in the table of places; none where there are more than anything has.
    pub(crate) fn written(number: usize) -> Self {
        Self::numbered(number, 0)
    }

    /// The position with a number in the table of strings that became names.
    pub(crate) fn named(number: usize) -> Self {
        Self::numbered(number, Self::NAMED)
    }

    fn numbered(number: usize, kind: u32) -> Self {
        let number = u32::try_from(number + 1).ok().filter(|number| *number < Self::FOREIGN);
        number.map_or(Self::NONE, |number| Self(number | kind))
    }

    /// Whether it is that of an attribute which was written nowhere.
    pub(crate) fn is_none(self) -> bool {
        self.0 & !Self::INHERITED == 0
    }

    /// The index into the table of places.
    pub(crate) fn index(self) -> Option<usize> {
        let number = self.0 & !Self::INHERITED;
        if number & Self::NAMED != 0 { None } else { number.checked_sub(1).map(|index| index as usize) }
    }

    /// The index into the table of strings that became names.
    pub(crate) fn name_index(self) -> Option<usize> {
        let number = self.0 & !Self::INHERITED;
        if number & Self::NAMED == 0 {
            None
        } else {
            (number & !Self::NAMED).checked_sub(1).map(|index| index as usize)
        }
    }
}

/// One attribute.
#[derive(Clone, Copy)]
pub struct Attr<'a> {
    /// Its name.
    pub name: Symbol,
    /// Where the name was written.
    pub position: Position,
    /// Its value, possibly delayed.
    pub value: Value<'a>,
}

/// An attribute set.
pub struct Attrs<'a> {
    /// Sorted by symbol, each name once.
    top: &'a [Attr<'a>],
    /// What `top` was put over; nothing, for most sets.
    below: Option<&'a Below<'a>>,
}

/// What the topmost layer of an attribute set was put over.
struct Below<'a> {
    base: &'a Attrs<'a>,
    /// Number of distinct names in all layers.
    len: usize,
    /// All layers in one, once somebody needed that.
    flat: Cell<Option<&'a [Attr<'a>]>>,
    /// Number of layers, the topmost included.
    layers: u8,
}

/// `//` puts a new layer over the left operand instead of copying it, where that has at least this many names…
const LAYER_MIN: usize = 16;
/// …and at least this many times the names of the right operand,
const LAYER_RATIO: usize = 4;
/// …and until there are this many layers, since each makes looking up dearer.
const LAYERS_MAX: u8 = 8;

impl<'a> Attrs<'a> {
    /// The set without attributes.
    pub(crate) fn empty() -> Self {
        Self::from_sorted(&[])
    }

    /// A set of attributes that are sorted by symbol, each name once.
    pub(crate) fn from_sorted(entries: &'a [Attr<'a>]) -> Self {
        debug_assert!(
            entries.windows(2).all(|pair| pair[0].name < pair[1].name),
            "sorted, without duplicates"
        );
        Self { top: entries, below: None }
    }

    /// Number of attributes.
    pub fn len(&self) -> usize {
        self.below.map_or(self.top.len(), |below| below.len)
    }

    /// Whether there is no attribute.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The attribute of a name.
    #[inline]
    pub fn get(&self, name: Symbol) -> Option<&'a Attr<'a>> {
        let mut layer = self;
        while let Some(below) = layer.below {
            if let Some(flat) = below.flat.get() {
                return find(flat, name);
            }
            if let Some(attr) = find(layer.top, name) {
                return Some(attr);
            }
            layer = below.base;
        }
        find(layer.top, name)
    }

    /// As [`get`](Self::get), with a guess where the attribute is, which is mended if it is wrong.
    #[inline]
    pub(crate) fn get_near(&self, name: Symbol, hint: &Cell<u32>) -> Option<&'a Attr<'a>> {
        let Some(entries) = self.flat() else { return self.get(name) };
        if let Some(attr) = entries.get(hint.get() as usize)
            && attr.name == name
        {
            return Some(attr);
        }
        let at = position(entries, name)?;
        hint.set(u32::try_from(at).unwrap_or(0));
        entries.get(at)
    }

    /// All attributes, if they are in one piece.
    #[inline]
    fn flat(&self) -> Option<&'a [Attr<'a>]> {
        match self.below {
            None => Some(self.top),
            Some(below) => below.flat.get(),
        }
    }

    /// All attributes, sorted by symbol.
    pub(crate) fn entries(&self, arena: &'a Bump) -> &'a [Attr<'a>] {
        let Some(below) = self.below else { return self.top };
        if let Some(flat) = below.flat.get() {
            return flat;
        }
        // The small layers are merged with each other first, so that the large one is copied once.
        let (top, base) = below.upper_layers(arena, self.top);
        let flat = merge(arena, base.entries(arena), top, below.len);
        below.flat.set(Some(flat));
        flat
    }

    /// `self // other`.
    pub(crate) fn update(&'a self, arena: &'a Bump, other: &'a Self) -> Merged<'a> {
        if other.is_empty() {
            return Merged::Same(self);
        }
        if self.is_empty() {
            return Merged::Same(other);
        }
        if self.len() >= LAYER_MIN && self.len() >= other.len().saturating_mul(LAYER_RATIO) {
            let added = other.entries(arena);
            let len = self.len() + added.iter().filter(|attr| self.get(attr.name).is_none()).count();
            let layer = |top, base, layers| {
                let below = arena.alloc(Below { base, len, flat: Cell::new(None), layers });
                Merged::New(Self { top, below: Some(below) })
            };
            match self.below {
                Some(below) if below.flat.get().is_none() => {
                    if below.layers < LAYERS_MAX {
                        return layer(added, self, below.layers + 1);
                    }
                    // Enough layers: the upper ones become one, as long as that is small beside the lowest.
                    let (upper, base) = below.upper_layers(arena, self.top);
                    let top = merge(arena, upper, added, upper.len() + added.len());
                    if base.len() >= top.len().saturating_mul(LAYER_RATIO) {
                        return layer(top, base, 2);
                    }
                }
                _ => return layer(added, self, 2),
            }
        }
        let (left, right) = (self.entries(arena), other.entries(arena));
        Merged::New(Self::from_sorted(merge(arena, left, right, left.len() + right.len())))
    }
}

impl<'a> Below<'a> {
    /// All layers above the lowest that is in one piece, merged, and that one.
    fn upper_layers(&self, arena: &'a Bump, top: &'a [Attr<'a>]) -> (&'a [Attr<'a>], &'a Attrs<'a>) {
        let (mut top, mut base) = (top, self.base);
        while let (None, Some(below)) = (base.flat(), base.below) {
            top = merge(arena, base.top, top, base.top.len() + top.len());
            base = below.base;
        }
        (top, base)
    }
}

/// The result of [`Attrs::update`].
pub(crate) enum Merged<'a> {
    /// One of the operands, since the other is empty.
    Same(&'a Attrs<'a>),
    /// A set of its own.
    New(Attrs<'a>),
}

#[inline]
fn find<'a>(entries: &'a [Attr<'a>], name: Symbol) -> Option<&'a Attr<'a>> {
    position(entries, name).map(|at| &entries[at])
}

#[inline]
fn position(entries: &[Attr<'_>], name: Symbol) -> Option<usize> {
    // A handful of attributes is found faster by looking at each than by halving.
    if entries.len() <= 8 {
        return entries.iter().position(|attr| attr.name == name);
    }
    let at = entries.partition_point(|attr| attr.name < name);
    entries.get(at).filter(|attr| attr.name == name).map(|_| at)
}

fn merge<'a>(arena: &'a Bump, left: &[Attr<'a>], right: &[Attr<'a>], capacity: usize) -> &'a [Attr<'a>] {
    let mut merged = ArenaVec::with_capacity_in(capacity, arena);
    let (mut l, mut r) = (0, 0);
    while l < left.len() && r < right.len() {
        match left[l].name.cmp(&right[r].name) {
            std::cmp::Ordering::Less => {
                merged.push(left[l]);
                l += 1;
            }
            std::cmp::Ordering::Equal => {
                merged.push(right[r]);
                l += 1;
                r += 1;
            }
            std::cmp::Ordering::Greater => {
                merged.push(right[r]);
                r += 1;
            }
        }
    }
    merged.extend_from_slice(&left[l..]);
    merged.extend_from_slice(&right[r..]);
    merged.into_bump_slice()
}

/// Collects attributes in any order. Where a name comes twice the earlier one stays.
pub(crate) struct AttrsBuilder<'a> {
    arena: &'a Bump,
    entries: ArenaVec<'a, Attr<'a>>,
}

impl<'a> AttrsBuilder<'a> {
    pub(crate) fn with_capacity(arena: &'a Bump, capacity: usize) -> Self {
        Self { arena, entries: ArenaVec::with_capacity_in(capacity, arena) }
    }

    pub(crate) fn push(&mut self, name: Symbol, position: Position, value: Value<'a>) {
        self.entries.push(Attr { name, position, value });
    }

    /// Whether a name was pushed already. Takes time for each name.
    pub(crate) fn contains(&self, name: Symbol) -> bool {
        self.entries.iter().any(|attr| attr.name == name)
    }

    /// The names that were pushed more than once.
    pub(crate) fn repeated(&self) -> Vec<Repeated<'a>> {
        // Names that are made one after another are in order.
        if self.entries.is_sorted_by(|a, b| a.name < b.name) {
            return Vec::new();
        }
        let mut first = FxHashMap::default();
        let mut repeated: Vec<Repeated<'a>> = Vec::new();
        for &Attr { name, position, value } in &self.entries {
            match first.entry(name) {
                Entry::Vacant(entry) => _ = entry.insert((position, false)),
                Entry::Occupied(mut entry) => {
                    let (first, is_known) = entry.get_mut();
                    if !*is_known {
                        *is_known = true;
                        let dropped = Some(value);
                        repeated.push(Repeated { name, first: *first, again: position, dropped });
                    }
                }
            }
        }
        repeated
    }

    pub(crate) fn finish(mut self) -> &'a Attrs<'a> {
        if !self.entries.is_sorted_by(|a, b| a.name < b.name) {
            // Stable, so that the earlier of two equal names comes first.
            self.entries.sort_by_key(|attr| attr.name);
            self.entries.dedup_by_key(|attr| attr.name);
        }
        self.arena.alloc(Attrs::from_sorted(self.entries.into_bump_slice()))
    }

    pub(crate) fn finish_value(self) -> Value<'a> {
        Value::Attrs(self.finish())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn single<'a>(arena: &'a Bump, name: u32, value: i64) -> &'a Attrs<'a> {
        let mut builder = AttrsBuilder::with_capacity(arena, 1);
        builder.push(Symbol(name), Position::NONE, Value::Int(value));
        builder.finish()
    }

    #[test]
    fn many_updates_of_a_large_set_keep_every_attribute() {
        let arena = Bump::new();
        let mut builder = AttrsBuilder::with_capacity(&arena, 1000);
        for name in (0..1000).rev() {
            builder.push(Symbol(name), Position::NONE, Value::Int(0));
        }
        let mut set = builder.finish();
        for step in 0..500_u32 {
            // Some names are new, some are there already.
            let name = if step % 2 == 0 { 2000 + step } else { step };
            if let Merged::New(updated) = set.update(&arena, single(&arena, name, i64::from(step))) {
                set = arena.alloc(updated);
            }
            assert!(set.below.is_none_or(|below| below.layers <= LAYERS_MAX), "layers stay few");
        }
        assert_eq!(set.len(), 1250);
        let entries = set.entries(&arena);
        assert_eq!(entries.len(), 1250);
        assert!(entries.windows(2).all(|pair| pair[0].name < pair[1].name));
        for step in 0..500_u32 {
            let name = if step % 2 == 0 { 2000 + step } else { step };
            let found = set.get(Symbol(name)).map(|attr| attr.value);
            assert!(matches!(found, Some(Value::Int(value)) if value == i64::from(step)), "step {step}");
        }
        assert!(set.get(Symbol(1500)).is_none());
    }
}
