//! What overlays say beyond OpenAPI.

/// Names the methods of an operation that answers differently to different parameters.
pub const METHODS: &str = "x-methods";

/// Says of a POST that sending it twice does no more than sending it once, as where it only reads.
pub const IDEMPOTENT: &str = "x-idempotent";

/// The words that people look for an operation by.
pub const ALIASES: &str = "x-aliases";

/// Says how the pages of an operation hang together.
pub const PAGINATION: &str = "x-pagination";

/// Says whether the body of an operation is a search.
pub const SEARCH: &str = "x-search";

/// Says what the states of a job mean.
pub const STATES: &str = "x-job-states";

/// Says which operations belong to the one that starts a job.
pub const JOB: &str = "x-job";

/// What is said of operations.
pub const OF_OPERATIONS: [&str; 7] = [METHODS, IDEMPOTENT, ALIASES, PAGINATION, SEARCH, STATES, JOB];

/// Says that a property gives access to something.
pub const SECRET: &str = "x-secret";
