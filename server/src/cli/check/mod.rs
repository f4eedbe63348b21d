//! What `doctor` and `mail test` look at, one line for each thing: `ok`, `warning` or `wrong`, and what to do.

pub mod records;
pub mod relay;

use super::{Failure, say};
use crate::domain::mail_records::{Finding, Level};

/// Prints findings and counts them.
#[derive(Debug, Default)]
pub struct Report {
    warnings: usize,
    wrong: usize,
}

impl Report {
    /// Prints one.
    pub fn tell(&mut self, finding: &Finding) {
        match finding.level {
            Level::Ok => {}
            Level::Warning => self.warnings += 1,
            Level::Wrong => self.wrong += 1,
        }
        // Records of other people may hold what makes a terminal act.
        let sentence: String = finding.sentence.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
        say(&format!("{:<7}  {}: {}.", finding.level.as_str(), finding.what, sentence.trim_end_matches('.')));
    }

    /// Says how many there were of each.
    ///
    /// # Errors
    /// Something is wrong: exit code 1.
    pub fn end(self) -> Result<(), Failure> {
        let warnings = match self.warnings {
            0 => String::new(),
            1 => ", with 1 warning".to_owned(),
            many => format!(", with {many} warnings"),
        };
        match self.wrong {
            0 => {
                say(&format!("All is well{warnings}."));
                Ok(())
            }
            1 => Err(Failure::Fault(anyhow::anyhow!("1 thing is wrong{warnings}."))),
            many => Err(Failure::Fault(anyhow::anyhow!("{many} things are wrong{warnings}."))),
        }
    }
}
