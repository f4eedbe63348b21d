//! How the page looks: what its operator chose, and what became of it.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Colour, ComponentStatus};

/// What the operator chose, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LookSettings {
    /// Colour of links, of buttons and of what has the focus.
    pub accent: Option<Colour>,
    /// The same on a dark ground; without it, one is made of `accent`.
    pub accent_dark: Option<Colour>,
    /// The platform's own site; empty where there is none to lead to.
    pub home: String,
    /// Markdown about the page; may be empty.
    pub about: String,
    /// Whether search engines are asked to stay away.
    pub hidden_from_search: bool,
    /// Code of the language that texts are written in.
    pub language: String,
    /// Codes of the languages the page is offered in, its own among them; `None` stands for all that there are.
    pub languages: Option<Vec<String>>,
}

impl Default for LookSettings {
    /// English, and in every language; the rest as we drew it.
    fn default() -> Self {
        Self {
            accent: None,
            accent_dark: None,
            home: String::new(),
            about: String::new(),
            hidden_from_search: false,
            language: "en".to_owned(),
            languages: None,
        }
    }
}

/// How the page looks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Look {
    /// What was chosen.
    pub chosen: LookSettings,
    /// `about` as sanitised HTML; filled when the view is built.
    pub about_html: String,
    /// The logo; it stands in the place of the platform's name, which is its alternative text.
    pub logo: Option<Picture>,
    /// The logo on a dark ground, where there is one of its own.
    pub logo_dark: Option<Picture>,
    /// What browsers show beside the title, in the place of our own.
    pub icon: Option<Picture>,
    /// Addresses of the icon with the mark of each status, in the order of [`ComponentStatus::ALL`]; none until they are drawn.
    pub icons: Vec<String>,
    /// Address of the style sheet that carries the chosen colours; `None` where nothing differs from ours.
    pub sheet: Option<String>,
    /// What is served at these addresses.
    #[serde(skip)]
    pub files: Arc<Vec<LookFile>>,
}

impl Look {
    /// Address of the icon with the mark of a status.
    #[must_use]
    pub fn marked_icon(&self, status: ComponentStatus) -> Option<&str> {
        ComponentStatus::ALL.iter().zip(&self.icons).find(|(known, _)| **known == status).map(|(_, address)| address.as_str())
    }
}

/// An image of the page: its address names its content, so that it can be kept for ever.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// Where it is served.
    pub address: String,
    /// What it is.
    pub kind: PictureKind,
    /// Its width in pixels, so that the page keeps its place.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
}

wire_enum! {
    /// What an image is.
    PictureKind {
        /// Portable Network Graphics.
        Png = "image/png",
        /// JPEG.
        Jpeg = "image/jpeg",
        /// WebP.
        Webp = "image/webp",
        /// Scalable Vector Graphics.
        Svg = "image/svg+xml",
    }
}

impl PictureKind {
    /// How names of such files end.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::Webp => "webp",
            Self::Svg => "svg",
        }
    }
}

wire_enum! {
    /// What an image of the page is for.
    PictureUse {
        /// Stands in the place of the name.
        Logo = "logo",
        /// The same on a dark ground.
        LogoDark = "logo_dark",
        /// What browsers show beside the title.
        Icon = "icon",
    }
}

/// A file that belongs to the look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LookFile {
    /// Where it is served; the name carries the content's hash.
    pub address: String,
    /// An image; `None` for the style sheet.
    pub kind: Option<PictureKind>,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl PictureUse {
    /// What people call it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Logo => "Logo",
            Self::LogoDark => "Logo on a dark ground",
            Self::Icon => "Icon",
        }
    }
}
