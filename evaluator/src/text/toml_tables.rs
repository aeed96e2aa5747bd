//! The tables of a TOML text while it is read, and which of them may still be added to.
//!
//! Tables refer to others by index, and one always comes before those in it: so however deep they are, no function
//! here calls itself.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::json::JsonBuilder;
use super::toml_scan::{Name, Reason};

/// How a table came about, which decides what may be added later.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// By a heading of its own, or by `{ }` as long as that is read.
    Explicit,
    /// By the heading of a table in it.
    Implied,
    /// By a dotted name in front of `=`.
    Dotted,
}

/// What a table is opened for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Heading {
    /// `[a.b]`
    Table,
    /// `[[a.b]]`
    ArrayElement,
}

/// What a name stands for.
pub(super) enum Item<V> {
    /// Anything that was read as a whole.
    Value {
        value: V,
        shape: Shape,
    },
    Table(usize),
    /// What `[[ ]]` adds to; never empty.
    Tables(Vec<usize>),
}

/// What counts of a value that was read as a whole.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Table,
    /// An array of tables alone, and of at least one.
    Tables,
    Other,
}

struct Table<B: JsonBuilder> {
    kind: Kind,
    /// Where it was written, unless it is placed by whoever reads it.
    range: Option<Range<usize>>,
    indexes: FxHashMap<Vec<u8>, usize>,
    entries: Vec<(B::Key, Item<B::Value>)>,
}

/// The tables that are read so far. The first is that of the whole text.
pub(super) struct Tables<B: JsonBuilder> {
    all: Vec<Table<B>>,
}

impl<B: JsonBuilder> Tables<B> {
    pub(super) fn new() -> Self {
        Self { all: Vec::new() }
    }

    /// Adds a table that is in no other yet.
    pub(super) fn open(&mut self, kind: Kind, range: Option<Range<usize>>) -> usize {
        self.all.push(Table { kind, range, indexes: FxHashMap::default(), entries: Vec::new() });
        self.all.len() - 1
    }

    fn find(&self, table: usize, name: &Name) -> Option<&Item<B::Value>> {
        let table = &self.all[table];
        table.indexes.get(&name.name).map(|&index| &table.entries[index].1)
    }

    fn add(&mut self, table: usize, name: Name, item: Item<B::Value>, builder: &mut B) {
        let key = builder.key(&name.name, name.range);
        let table = &mut self.all[table];
        table.indexes.insert(name.name, table.entries.len());
        table.entries.push((key, item));
    }

    /// The table that all but the last of the names lead to, and the last name.
    fn descend(
        &mut self,
        mut table: usize,
        mut names: Vec<Name>,
        made_as: Kind,
        builder: &mut B,
    ) -> Result<(usize, Name), Reason> {
        let last = names.pop().expect("a name has a part");
        for name in names {
            table = match self.find(table, &name) {
                None => {
                    let new = self.open(made_as, Some(name.range.clone()));
                    self.add(table, name, Item::Table(new), builder);
                    new
                }
                Some(&Item::Table(found)) => {
                    if made_as == Kind::Dotted && self.all[found].kind != Kind::Dotted {
                        return Err(REOPENED);
                    }
                    found
                }
                Some(Item::Tables(_)) if made_as == Kind::Dotted => return Err(REOPENED_ARRAY),
                Some(Item::Tables(tables)) => *tables.last().expect("it was made with an element"),
                Some(Item::Value { shape: Shape::Table, .. }) => return Err(INLINE_TABLE),
                Some(Item::Value { shape: Shape::Tables, .. }) => return Err(INLINE_ARRAY),
                Some(Item::Value { shape: Shape::Other, .. }) => return Err(VALUE_EXISTS),
            };
        }
        Ok((table, last))
    }

    /// Does what `names = value` says.
    pub(super) fn assign(
        &mut self,
        table: usize,
        names: Vec<Name>,
        (value, shape): (B::Value, Shape),
        builder: &mut B,
    ) -> Result<(), Reason> {
        let (table, name) = self.descend(table, names, Kind::Dotted, builder)?;
        if self.find(table, &name).is_some() {
            return Err(VALUE_EXISTS);
        }
        self.add(table, name, Item::Value { value, shape }, builder);
        Ok(())
    }

    /// Does what a heading says; gives the table that what follows belongs to.
    pub(super) fn enter(
        &mut self,
        heading: Heading,
        names: Vec<Name>,
        range: Range<usize>,
        builder: &mut B,
    ) -> Result<usize, Reason> {
        let (table, name) = self.descend(0, names, Kind::Implied, builder)?;
        match (self.find(table, &name), heading) {
            (None, _) => {
                let new = self.open(Kind::Explicit, Some(range));
                let item = match heading {
                    Heading::Table => Item::Table(new),
                    Heading::ArrayElement => Item::Tables(vec![new]),
                };
                self.add(table, name, item, builder);
                Ok(new)
            }
            (Some(&Item::Table(found)), Heading::Table) if self.all[found].kind == Kind::Implied => {
                self.all[found].kind = Kind::Explicit;
                self.all[found].range = Some(range);
                Ok(found)
            }
            (Some(_), Heading::Table) => Err(TABLE_EXISTS),
            (Some(Item::Tables(_)), Heading::ArrayElement) => {
                let new = self.open(Kind::Explicit, Some(range));
                let Table { indexes, entries, .. } = &mut self.all[table];
                if let Some((_, Item::Tables(tables))) =
                    indexes.get(&name.name).and_then(|&index| entries.get_mut(index))
                {
                    tables.push(new);
                }
                Ok(new)
            }
            (Some(Item::Value { shape: Shape::Tables, .. }), Heading::ArrayElement) => {
                Err(INLINE_ARRAY_EXISTS)
            }
            (Some(_), Heading::ArrayElement) => Err(NO_ARRAY_OF_TABLES),
        }
    }

    /// Makes a value of a table that is in no other, which takes it and those after it away.
    pub(super) fn build(&mut self, first: usize, builder: &mut B) -> B::Value {
        let tables = self.all.split_off(first);
        let mut built: Vec<Option<B::Value>> = tables.iter().map(|_| None).collect();
        let take = |built: &mut [Option<B::Value>], table: usize| {
            built[table - first].take().expect("a table comes before those in it")
        };
        for (index, table) in tables.into_iter().enumerate().rev() {
            let mut entries = Vec::with_capacity(table.entries.len());
            for (key, item) in table.entries {
                let value = match item {
                    Item::Value { value, .. } => value,
                    Item::Table(table) => take(&mut built, table),
                    Item::Tables(tables) => {
                        let elements: Vec<_> =
                            tables.into_iter().map(|table| take(&mut built, table)).collect();
                        builder.list(elements.into_iter())
                    }
                };
                entries.push((key, value));
            }
            let value = builder.object(entries.into_iter());
            built[index] = Some(match table.range {
                Some(range) => builder.place(value, range),
                None => value,
            });
        }
        take(&mut built, first)
    }
}

const VALUE_EXISTS: Reason =
    ("toml::insert_value: failed to insert a value, value already exists", "this has a value already");
const TABLE_EXISTS: Reason = (
    "toml::insert_value: failed to insert a table, table already defined",
    "this is a table, or another value, already",
);
const NO_ARRAY_OF_TABLES: Reason = (
    "toml::insert_value: failed to insert an array of tables, value already exists",
    "this is no array of tables",
);
const INLINE_ARRAY_EXISTS: Reason = (
    "toml::insert_value: failed to insert a table, inline array of tables is immutable",
    "nothing can be added to an array in '[' and ']'",
);
const INLINE_ARRAY: Reason = (
    "toml::insert_value:inline array of tables are immutable",
    "nothing can be added to an array in '[' and ']'",
);
const INLINE_TABLE: Reason = (
    "toml::insert_value: failed to insert a value: inline table is immutable",
    "nothing can be added to a table in '{' and '}'",
);
const REOPENED: Reason = (
    "toml::insert_value: reopening a table using dotted keys",
    "a name with dots does not add to a table that has a heading",
);
const REOPENED_ARRAY: Reason = (
    "toml::insert_value:dotted key cannot reopen an array-of-tables",
    "a name with dots does not add to an array of tables",
);
