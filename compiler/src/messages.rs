//! What a deployment prints while it is evaluated.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

/// More messages than anybody reads; an evaluation that does not end could print without end.
const MOST: usize = 10_000;

/// What `builtins.trace` and `builtins.warn` print, in order and each message once: what fails may be evaluated again to
/// find its place, which would print it again.
#[derive(Debug, Default)]
pub(crate) struct Messages(Mutex<Said>);

#[derive(Debug, Default)]
struct Said {
    known: HashSet<String>,
    messages: Vec<String>,
    left_out: usize,
}

impl Messages {
    /// Takes messages apart from those that were printed before.
    pub(crate) fn after(printed: &[String]) -> Self {
        Self(Mutex::new(Said { known: printed.iter().cloned().collect(), ..Said::default() }))
    }

    /// Takes what is printed.
    pub(crate) fn say(&self, message: &str) {
        let mut said = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if said.known.contains(message) {
            return;
        }
        if said.messages.len() == MOST {
            said.left_out += 1;
            return;
        }
        said.known.insert(message.to_owned());
        said.messages.push(message.to_owned());
    }

    /// What was printed.
    pub(crate) fn into_said(self) -> Vec<String> {
        let said = self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut messages = said.messages;
        if said.left_out > 0 {
            messages.push(format!("{} more messages are not shown", said.left_out));
        }
        messages
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_kept_once_and_there_is_an_end() {
        let messages = Messages::default();
        for round in 0..2 {
            for number in 0..MOST {
                messages.say(&format!("trace: {number}"));
            }
            messages.say(&format!("trace: one too many, {round}"));
        }
        let said = messages.into_said();
        let later = Messages::after(&said);
        later.say("trace: 1");
        later.say("trace: new");
        assert_eq!(later.into_said(), ["trace: new"]);
        assert_eq!(said.len(), MOST + 1);
        assert_eq!(said[..2], ["trace: 0", "trace: 1"]);
        assert_eq!(said[MOST], "2 more messages are not shown");
    }
}
