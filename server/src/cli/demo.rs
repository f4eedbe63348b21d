//! `allclear demo`

use std::path::PathBuf;

use super::{Failure, serve};
use crate::config::Config;

/// Where the demonstration lives.
const FOLDER: &str = "data-demo";

/// Serves the demonstration, made anew when it is older than today.
pub async fn run(config: Config) -> Result<(), Failure> {
    let data_dir = PathBuf::from(FOLDER);
    let database_url = format!("sqlite:{}", data_dir.join("allclear.db").display());
    let config = Config { data_dir, database_url, ..config };
    serve::serve(config, true, true, true, async |config, clock| crate::actions::demo::make(config, clock).await.map_err(Failure::from))
        .await
}
