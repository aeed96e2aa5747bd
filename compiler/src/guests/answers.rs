//! Yes and no, said with a value of another type: what depends on a switch is looked at with it as it was meant.

use launchnix_evaluator::Value;

use super::kinds;
use super::mend::Answer;
use super::message::SET_OF_OPTIONS;
use super::mistakes::{Mistakes, Round};
use super::spelling::is_boolean;

/// What is said for true, and for false.
const YES: &[&str] = &["true", "yes", "on", "enable", "enabled", "1"];
const NO: &[&str] = &["false", "no", "off", "disable", "disabled", "none", "0", ""];

impl<'s, 'a> Mistakes<'_, 's, 'a, '_> {
    /// Goes on with what was meant by the definition of an option that has another type. Says whether that is something else.
    pub(super) fn leave_meant(&mut self, round: &Round<'_, 's, 'a>, path: &[String], wanted: &str) -> bool {
        let Some(answer) = self.answer(round, path, wanted) else { return false };
        round.modules.resolved(path).is_some_and(|known| self.mend.replace(known, answer))
    }

    fn answer(&self, round: &Round<'_, 's, 'a>, path: &[String], wanted: &str) -> Option<Answer> {
        let e = self.scene.evaluator;
        let is_set = wanted == SET_OF_OPTIONS;
        if !is_set && !is_boolean(wanted) {
            return None;
        }
        let is_switch = path.last().is_some_and(|name| name == "enable");
        let (definitions, _) = round.modules.at(path);
        let parts = definitions.iter().flat_map(|known| round.modules.uncalled_parts(known.value));
        let answer = parts.into_iter().find_map(|part| match e.force(part).ok()? {
            Value::Bool(answer) => is_set.then_some(answer.get()),
            Value::Int(number) => Some(number != 0),
            Value::String(text) => {
                let text = text.lossy().trim().to_lowercase();
                let is_yes = YES.contains(&text.as_str()) || is_switch && !NO.contains(&text.as_str());
                (is_yes || NO.contains(&text.as_str())).then_some(is_yes)
            }
            _ => None,
        })?;
        if !is_set {
            return Some(Answer::Is(answer));
        }
        let options = e.select_path(round.system, "options", &[]).ok()?;
        let enable: Vec<_> = path.iter().cloned().chain(["enable".to_owned()]).collect();
        let fits = kinds::fits(e, options, &enable, Value::bool(true)) == Some(true);
        fits.then_some(Answer::Enable(answer))
    }
}
