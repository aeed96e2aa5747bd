//! Making values: strings, lists, sets and calls that are delayed.

use std::cell::Cell;

use super::{Evaluator, Result, SCRATCH, SCRATCHES};
use crate::symbol::Symbol;
use crate::value::{ItemCalls, Items, List, NixString, Path, Position, Thunk, Value};

impl<'a> Evaluator<'a> {
    /// A string without context.
    pub fn string(&self, text: impl AsRef<[u8]>) -> Value<'a> {
        let text = self.arena.alloc_slice_copy(text.as_ref());
        self.string_in(text, &[])
    }

    pub(crate) fn string_in(&self, text: &'a [u8], context: &'a [crate::value::Context<'a>]) -> Value<'a> {
        Value::String(self.arena.alloc(NixString::new(text, context)))
    }

    /// A name as a string.
    pub(crate) fn name_string(&self, name: Symbol) -> Value<'a> {
        Value::String(self.symbols.string(name))
    }

    /// A string as a name.
    #[inline]
    pub(crate) fn symbol_of(&self, string: &NixString<'a>) -> Symbol {
        string.symbol.get().unwrap_or_else(|| {
            let symbol = self.symbols.intern_kept(string.text);
            string.symbol.set(Some(symbol));
            symbol
        })
    }

    /// A string as a name; a name that nothing has yet is in no attribute set.
    #[inline]
    pub(crate) fn known_symbol_of(&self, string: &NixString<'a>) -> Option<Symbol> {
        if string.symbol.get().is_none() {
            string.symbol.set(self.symbols.find(string.text));
        }
        string.symbol.get()
    }

    /// An empty buffer to put a string together in, for [`string_of`](Self::string_of).
    pub(crate) fn scratch(&self) -> Vec<u8> {
        self.scratch.borrow_mut().pop().unwrap_or_default()
    }

    /// Keeps a buffer for the next string. A string whose parts are put together as well needs as many as it is deep.
    pub(super) fn keep_scratch(&self, mut buffer: Vec<u8>) {
        let mut scratch = self.scratch.borrow_mut();
        if buffer.capacity() <= SCRATCH && scratch.len() < SCRATCHES {
            buffer.clear();
            scratch.push(buffer);
        }
    }

    /// The string that was put together, which may be large.
    pub(crate) fn string_of(
        &self,
        text: Vec<u8>,
        context: Vec<crate::value::Context<'a>>,
    ) -> Result<&'a NixString<'a>> {
        self.check_memory(text.len())?;
        let kept = self.arena.alloc_slice_copy(&text);
        self.keep_scratch(text);
        Ok(self.arena.alloc(NixString::new(kept, self.context_in(context))))
    }

    pub(crate) fn path_value(&self, text: impl AsRef<[u8]>) -> Value<'a> {
        let text = self.arena.alloc_slice_copy(text.as_ref());
        Value::Path(self.arena.alloc(Path { text }))
    }

    /// A list.
    pub fn list(&self, items: &[Value<'a>]) -> Value<'a> {
        self.list_in(self.arena.alloc_slice_copy(items))
    }

    pub(crate) fn list_in(&self, items: &'a [Value<'a>]) -> Value<'a> {
        Value::List(self.arena.alloc(List { items }))
    }

    /// An attribute set from names in any order; where a name comes twice the earlier value stays.
    pub fn attrs(&self, attributes: &[(&str, Value<'a>)]) -> Value<'a> {
        let mut builder = crate::value::AttrsBuilder::with_capacity(self.arena, attributes.len());
        for &(name, value) in attributes {
            builder.push(self.symbols.intern(name.as_bytes()), Position::NONE, value);
        }
        builder.finish_value()
    }

    /// A call that happens when its result is needed.
    #[inline]
    pub(crate) fn delay_call(&self, function: Value<'a>, argument: Value<'a>) -> Value<'a> {
        let call = self.arena.alloc([function, argument]);
        self.thunk(Value::PendingCall(call))
    }

    /// As [`delay_call`](Self::delay_call), with two arguments.
    pub(crate) fn delay_call2(&self, function: Value<'a>, first: Value<'a>, second: Value<'a>) -> Value<'a> {
        let call = self.arena.alloc([function, first, second]);
        self.thunk(Value::PendingCall2(call))
    }

    /// Calls with an item each, as many as said, that happen when their results are needed.
    pub(crate) fn delay_items(
        &self,
        function: Value<'a>,
        items: Items<'a>,
        count: usize,
    ) -> impl ExactSizeIterator<Item = Value<'a>> {
        let calls: &'a ItemCalls<'a> = self.arena.alloc(ItemCalls { function, items, first: Cell::new(0) });
        let expr = self.site.get();
        let pending = Value::PendingItem(calls);
        let thunks: &'a [Thunk<'a>] =
            self.arena.alloc_slice_fill_with(count, |_| Thunk { value: Cell::new(pending), expr });
        calls.first.set(thunks.as_ptr().addr());
        thunks.iter().map(Value::Thunk)
    }

    #[inline]
    fn thunk(&self, pending: Value<'a>) -> Value<'a> {
        Value::Thunk(self.arena.alloc(Thunk { value: Cell::new(pending), expr: self.site.get() }))
    }
}
