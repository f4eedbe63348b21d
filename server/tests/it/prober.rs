//! The HTTP probe against real targets: every way in which an answer can be wrong has a name, and none of them tells a secret.
