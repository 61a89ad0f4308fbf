//! How the pages of an operation hang together.

/// How a page leads to the next. Wherever an answer gives a URL as `next`, or an object with a cursor, it is followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `starting_after` in the query.
    Cursor,
    /// `pagination.starting_after` in the body.
    CursorInBody,
    /// `page` in the query.
    Page,
    /// `page` in the body.
    PageInBody,
    /// Whatever `next` says.
    Link,
    /// `scroll_param` in the query, which is the same for every page; a page without items ends the list.
    Scroll,
    /// `cursor` in the query, from the answer's `next_cursor`.
    NextCursor,
}

impl Style {
    /// The keys that lead to the object of the body that holds the position; `None` if the query holds it.
    pub(super) fn body(self) -> Option<&'static [&'static str]> {
        match self {
            Self::CursorInBody => Some(&["pagination"]),
            Self::PageInBody => Some(&[]),
            Self::Cursor | Self::Page | Self::Link | Self::Scroll | Self::NextCursor => None,
        }
    }
}

/// What an operation's description says about its pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paging {
    /// How a page leads to the next.
    pub(crate) style: Style,
    /// The keys that lead to a page's items.
    pub(crate) items: &'static [&'static str],
    /// Other keys that lead to them, where an answer has no items there.
    pub(crate) or: &'static [&'static [&'static str]],
}
