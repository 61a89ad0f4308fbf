//! Filters, and the groups that `&` and `|` make of them.

use std::ops::{BitAnd, BitOr};

use super::value::FilterValue;
use crate::runtime::error::{Error, Result};
use crate::runtime::json::{Json, Map};

/// How many filters and groups the API takes in one group.
const MEMBERS: usize = 15;

/// How many levels of groups the API takes.
const LEVELS: usize = 2;

/// How many levels are kept, to tell where there are too many: a tree of any depth could end the stack.
const KEPT_LEVELS: usize = 8;

/// How the names of fields end that are dates in every search.
const DATES: [&str; 3] = ["_at", "_since", "_until"];

/// What stands before the names of fields that workspaces make, which end as they like.
const OWN: [&str; 2] = ["custom_attributes.", "ticket_attribute."];

/// Numbers from here on are no seconds of any date that matters: they would be in the year 5138.
const MILLISECONDS: f64 = 1e11;

/// A field to search by, such as `email`, `custom_attributes.plan` or `source.author.email`.
///
/// Which fields there are, and which comparisons suit them, depends on what is searched: the search operations list them.
///
/// ```
/// use std::time::{Duration, SystemTime};
///
/// use intercom_gen::field;
///
/// let people = field("role").eq("user") | field("role").eq("lead");
/// let yesterday = SystemTime::now() - Duration::from_secs(86_400);
/// let filter = field("email_domain").eq("example.com")
///     & field("last_seen_at").gt(yesterday)
///     & field("id").not_in(["5ba682d23d7cf92bef87bfd4"])
///     & people;
/// ```
pub fn field(name: impl Into<String>) -> SearchField {
    SearchField(name.into())
}

/// A field that is about to be compared, see [`field`].
#[derive(Clone, Debug)]
#[must_use = "a field searches nothing until it is compared"]
pub struct SearchField(String);

macro_rules! comparisons {
    ($($(#[doc = $doc:literal])* $name:ident: $operator:literal;)*) => {$(
        $(#[doc = $doc])*
        #[doc = ""]
        #[doc = concat!("On the wire: `", $operator, "`.")]
        pub fn $name(self, value: impl Into<FilterValue>) -> Filter {
            self.compared($operator, value.into())
        }
    )*};
}

#[allow(clippy::should_implement_trait, reason = "they are named after the API's operators, and give a filter")]
impl SearchField {
    comparisons! {
        /// The field has this value.
        eq: "=";
        /// The field has another value.
        ne: "!=";
        /// The field is greater, or later.
        gt: ">";
        /// The field is as great or greater. Not every search takes it.
        gte: ">=";
        /// The field is less, or earlier.
        lt: "<";
        /// The field is as great or less. Not every search takes it.
        lte: "<=";
        /// The text contains this one.
        contains: "~";
        /// The text does not contain this one.
        not_contains: "!~";
        /// The text begins with this one.
        starts_with: "^";
        /// The text ends with this one.
        ends_with: "$";
    }

    /// The field has one of these values, of which there has to be one at least.
    ///
    /// On the wire: `IN`.
    pub fn is_in(self, values: impl IntoIterator<Item = impl Into<FilterValue>>) -> Filter {
        self.compared("IN", list(values))
    }

    /// The field has none of these values, of which there has to be one at least.
    ///
    /// On the wire: `NIN`.
    pub fn not_in(self, values: impl IntoIterator<Item = impl Into<FilterValue>>) -> Filter {
        self.compared("NIN", list(values))
    }

    fn compared(self, operator: &'static str, value: FilterValue) -> Filter {
        Filter { node: Node::Comparison { field: self.0, operator, value }, levels: 0 }
    }
}

fn list(values: impl IntoIterator<Item = impl Into<FilterValue>>) -> FilterValue {
    FilterValue(values.into_iter().map(|value| value.into().0).collect())
}

/// What has to match: a comparison of a [`field`], or a group of filters.
///
/// `a & b` matches where both do and `a | b` where either does; `&` binds closer. Further filters of the same kind join
/// the group that is there: `a & b & c` is one group of three. The API takes two levels of groups and fifteen filters in
/// each; a search beyond that fails before it is sent.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a filter searches nothing by itself"]
pub struct Filter {
    node: Node,
    /// How many levels of groups it has.
    levels: usize,
}

#[derive(Clone, Debug, PartialEq)]
enum Node {
    Comparison {
        field: String,
        operator: &'static str,
        value: FilterValue,
    },
    Group {
        operator: &'static str,
        members: Vec<Filter>,
    },
    /// More levels of groups than are kept.
    TooDeep,
}

impl Filter {
    /// All of these match. Groups among them stay groups of their own.
    pub fn all(filters: impl IntoIterator<Item = Self>) -> Self {
        Self::group("AND", filters.into_iter().collect())
    }

    /// Any of these matches. Groups among them stay groups of their own.
    pub fn any(filters: impl IntoIterator<Item = Self>) -> Self {
        Self::group("OR", filters.into_iter().collect())
    }

    fn group(operator: &'static str, members: Vec<Self>) -> Self {
        let levels = 1 + members.iter().map(|member| member.levels).max().unwrap_or(0);
        Self::of_levels(operator, members, levels)
    }

    fn of_levels(operator: &'static str, members: Vec<Self>, levels: usize) -> Self {
        let node = if levels > KEPT_LEVELS { Node::TooDeep } else { Node::Group { operator, members } };
        Self { node, levels }
    }

    fn joined(self, operator: &'static str, other: Self) -> Self {
        let (mut members, levels) = self.into_members(operator);
        let (others, other_levels) = other.into_members(operator);
        members.extend(others);
        Self::of_levels(operator, members, 1 + levels.max(other_levels))
    }

    /// The members of a group of this operator, or the filter alone, and the levels of groups below them.
    fn into_members(self, joined: &str) -> (Vec<Self>, usize) {
        match self.node {
            Node::Group { operator, members } if operator == joined => (members, self.levels - 1),
            node => (vec![Self { node, levels: self.levels }], self.levels),
        }
    }

    /// The filter as JSON. `path` is where it stands and `level` how many groups are around it.
    pub(super) fn json(&self, path: &str, level: usize) -> Result<Json> {
        match &self.node {
            Node::Comparison { field, operator, value } => comparison(field, operator, value, path),
            Node::Group { operator, members } => group(operator, members, path, level),
            Node::TooDeep => Err(Error::argument(format!(
                "the filter at {path} has {} levels of groups, and the API takes {LEVELS}: write the same with fewer",
                self.levels
            ))),
        }
    }
}

impl BitAnd for Filter {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        self.joined("AND", other)
    }
}

impl BitOr for Filter {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        self.joined("OR", other)
    }
}

fn comparison(field: &str, operator: &'static str, value: &FilterValue, path: &str) -> Result<Json> {
    let refuse = |why: &str| Err(Error::argument(format!("the filter at {path} {why}")));
    if field.trim().is_empty() {
        return refuse("has no field: name one, such as `email`");
    }
    let Some(value) = &value.0 else {
        return refuse(&format!("compares `{field}` with a number that JSON has not"));
    };
    let list = value.as_list();
    if list.as_ref().is_some_and(Vec::is_empty) {
        return refuse(&format!("compares `{field}` with none of several values: leave it out, or do not search"));
    }
    let is_date = DATES.iter().any(|end| field.ends_with(end)) && !OWN.iter().any(|start| field.starts_with(start));
    let is_late = |value: &Json| value.as_f64().is_some_and(|value| value.abs() >= MILLISECONDS);
    if is_date && list.as_deref().unwrap_or(std::slice::from_ref(value)).iter().any(is_late) {
        return refuse(&format!("compares `{field}` with milliseconds, which find nothing: give seconds, or a moment"));
    }
    Ok(object([("field", field.into()), ("operator", operator.into()), ("value", value.clone())]))
}

fn group(operator: &'static str, members: &[Filter], path: &str, level: usize) -> Result<Json> {
    let refuse = |why: String| Err(Error::argument(format!("the {operator} group at {path} {why}")));
    if level >= LEVELS {
        return refuse(format!(
            "is on level {}, and the API takes {LEVELS} levels of groups: write the same with fewer",
            level + 1
        ));
    }
    match members.len() {
        0 => refuse("is empty: give it a filter".to_owned()),
        count if count > MEMBERS => refuse(format!(
            "has {count} filters, and the API takes {MEMBERS} in a group: use `is_in`, or nest groups with \
             `Filter::all` and `Filter::any`"
        )),
        _ => {
            let members = members.iter().enumerate();
            let members = members.map(|(index, member)| member.json(&format!("{path}.value[{index}]"), level + 1));
            let members: Vec<Json> = members.collect::<Result<_>>()?;
            Ok(object([("operator", operator.into()), ("value", members.into())]))
        }
    }
}

/// An object of these properties.
pub(super) fn object<const N: usize>(properties: [(&str, Json); N]) -> Json {
    Json::from(properties.map(|(key, value)| (key.to_owned(), value)).into_iter().collect::<Map<Json>>())
}
