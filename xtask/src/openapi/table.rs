//! The keywords of every object of OpenAPI 3.0, in the order in which they are written.

use super::Shape::{
    Any, Anys, Callbacks, Choice, Count, Flag, Map, Number, Object, Objects, Paths, Responses, SchemaOrFlag, Security,
    Text, TextMap, Texts,
};
use super::{Class, Keyword, Role, Shape};

pub(super) fn keywords(role: Role) -> &'static [Keyword] {
    match role {
        Role::Root => ROOT,
        Role::Info => INFO,
        Role::Contact => CONTACT,
        Role::License => LICENSE,
        Role::Server => SERVER,
        Role::ServerVariable => SERVER_VARIABLE,
        Role::PathItem => PATH_ITEM,
        Role::Operation => OPERATION,
        Role::Parameter => PARAMETER,
        Role::RequestBody => REQUEST_BODY,
        Role::MediaType => MEDIA_TYPE,
        Role::Encoding => ENCODING,
        Role::Response => RESPONSE,
        Role::Header => HEADER,
        Role::Link => LINK,
        Role::Schema => SCHEMA,
        Role::Discriminator => DISCRIMINATOR,
        Role::Xml => XML,
        Role::Components => COMPONENTS,
        Role::SecurityScheme => SECURITY_SCHEME,
        Role::OAuthFlows => OAUTH_FLOWS,
        Role::OAuthFlow => OAUTH_FLOW,
        Role::Tag => TAG,
    }
}

const fn fact(name: &'static str, shape: Shape) -> Keyword {
    Keyword { name, shape, class: Class::Fact }
}

const fn prose(name: &'static str) -> Keyword {
    Keyword { name, shape: Text, class: Class::Prose }
}

/// Samples are never looked into: they are dropped, whatever they hold.
const fn sample(name: &'static str) -> Keyword {
    Keyword { name, shape: Any, class: Class::Sample }
}

const REF: Keyword = fact("$ref", Text);
const STYLES: Shape = Choice(&["matrix", "label", "form", "simple", "spaceDelimited", "pipeDelimited", "deepObject"]);
const TYPES: Shape = Choice(&["string", "integer", "number", "boolean", "array", "object"]);

const ROOT: &[Keyword] = &[
    fact("openapi", Text),
    fact("info", Object(Role::Info)),
    sample("externalDocs"),
    fact("servers", Objects(Role::Server)),
    fact("security", Security),
    fact("tags", Objects(Role::Tag)),
    fact("paths", Paths),
    fact("components", Object(Role::Components)),
];

const INFO: &[Keyword] = &[
    fact("title", Text),
    fact("version", Text),
    prose("description"),
    fact("termsOfService", Text),
    fact("contact", Object(Role::Contact)),
    fact("license", Object(Role::License)),
];

const CONTACT: &[Keyword] = &[fact("name", Text), fact("url", Text), fact("email", Text)];

const LICENSE: &[Keyword] = &[fact("name", Text), fact("url", Text)];

const SERVER: &[Keyword] = &[fact("url", Text), prose("description"), fact("variables", Map(Role::ServerVariable))];

const SERVER_VARIABLE: &[Keyword] = &[prose("description"), fact("default", Text), fact("enum", Texts)];

const PATH_ITEM: &[Keyword] = &[
    REF,
    prose("summary"),
    prose("description"),
    fact("servers", Objects(Role::Server)),
    fact("parameters", Objects(Role::Parameter)),
    fact("get", Object(Role::Operation)),
    fact("put", Object(Role::Operation)),
    fact("post", Object(Role::Operation)),
    fact("delete", Object(Role::Operation)),
    fact("options", Object(Role::Operation)),
    fact("head", Object(Role::Operation)),
    fact("patch", Object(Role::Operation)),
    fact("trace", Object(Role::Operation)),
];

const OPERATION: &[Keyword] = &[
    fact("operationId", Text),
    fact("tags", Texts),
    prose("summary"),
    prose("description"),
    sample("externalDocs"),
    fact("deprecated", Flag),
    fact("security", Security),
    fact("servers", Objects(Role::Server)),
    fact("parameters", Objects(Role::Parameter)),
    fact("requestBody", Object(Role::RequestBody)),
    fact("responses", Responses),
    fact("callbacks", Callbacks),
];

const PARAMETER: &[Keyword] = &[
    REF,
    fact("name", Text),
    fact("in", Choice(&["path", "query", "header", "cookie"])),
    prose("description"),
    fact("required", Flag),
    fact("deprecated", Flag),
    fact("allowEmptyValue", Flag),
    fact("style", STYLES),
    fact("explode", Flag),
    fact("allowReserved", Flag),
    fact("schema", Object(Role::Schema)),
    fact("content", Map(Role::MediaType)),
    sample("example"),
    sample("examples"),
];

const REQUEST_BODY: &[Keyword] =
    &[REF, prose("description"), fact("required", Flag), fact("content", Map(Role::MediaType))];

const MEDIA_TYPE: &[Keyword] = &[
    fact("schema", Object(Role::Schema)),
    fact("encoding", Map(Role::Encoding)),
    sample("example"),
    sample("examples"),
];

const ENCODING: &[Keyword] = &[
    fact("contentType", Text),
    fact("headers", Map(Role::Header)),
    fact("style", STYLES),
    fact("explode", Flag),
    fact("allowReserved", Flag),
];

const RESPONSE: &[Keyword] = &[
    REF,
    prose("description"),
    fact("headers", Map(Role::Header)),
    fact("content", Map(Role::MediaType)),
    fact("links", Map(Role::Link)),
];

const HEADER: &[Keyword] = &[
    REF,
    prose("description"),
    fact("required", Flag),
    fact("deprecated", Flag),
    fact("allowEmptyValue", Flag),
    fact("style", STYLES),
    fact("explode", Flag),
    fact("allowReserved", Flag),
    fact("schema", Object(Role::Schema)),
    fact("content", Map(Role::MediaType)),
    sample("example"),
    sample("examples"),
];

const LINK: &[Keyword] = &[
    REF,
    fact("operationRef", Text),
    fact("operationId", Text),
    prose("description"),
    fact("parameters", Any),
    fact("requestBody", Any),
    fact("server", Object(Role::Server)),
];

const SCHEMA: &[Keyword] = &[
    REF,
    prose("title"),
    prose("description"),
    sample("externalDocs"),
    fact("type", TYPES),
    fact("format", Text),
    fact("nullable", Flag),
    fact("deprecated", Flag),
    fact("readOnly", Flag),
    fact("writeOnly", Flag),
    fact("default", Any),
    fact("enum", Anys),
    fact("pattern", Text),
    fact("minLength", Count),
    fact("maxLength", Count),
    fact("minimum", Number),
    fact("exclusiveMinimum", Flag),
    fact("maximum", Number),
    fact("exclusiveMaximum", Flag),
    fact("multipleOf", Number),
    fact("minItems", Count),
    fact("maxItems", Count),
    fact("uniqueItems", Flag),
    fact("minProperties", Count),
    fact("maxProperties", Count),
    fact("xml", Object(Role::Xml)),
    fact("discriminator", Object(Role::Discriminator)),
    fact("allOf", Objects(Role::Schema)),
    fact("anyOf", Objects(Role::Schema)),
    fact("oneOf", Objects(Role::Schema)),
    fact("not", Object(Role::Schema)),
    fact("required", Texts),
    fact("properties", Map(Role::Schema)),
    fact("additionalProperties", SchemaOrFlag),
    fact("items", Object(Role::Schema)),
    sample("example"),
    sample("examples"),
];

const DISCRIMINATOR: &[Keyword] = &[fact("propertyName", Text), fact("mapping", TextMap)];

const XML: &[Keyword] = &[
    fact("name", Text),
    fact("namespace", Text),
    fact("prefix", Text),
    fact("attribute", Flag),
    fact("wrapped", Flag),
];

const COMPONENTS: &[Keyword] = &[
    fact("securitySchemes", Map(Role::SecurityScheme)),
    fact("parameters", Map(Role::Parameter)),
    fact("headers", Map(Role::Header)),
    fact("requestBodies", Map(Role::RequestBody)),
    fact("responses", Map(Role::Response)),
    fact("links", Map(Role::Link)),
    fact("callbacks", Callbacks),
    sample("examples"),
    fact("schemas", Map(Role::Schema)),
];

const SECURITY_SCHEME: &[Keyword] = &[
    REF,
    fact("type", Choice(&["apiKey", "http", "oauth2", "openIdConnect"])),
    prose("description"),
    fact("name", Text),
    fact("in", Choice(&["query", "header", "cookie"])),
    fact("scheme", Text),
    fact("bearerFormat", Text),
    fact("flows", Object(Role::OAuthFlows)),
    fact("openIdConnectUrl", Text),
];

const OAUTH_FLOWS: &[Keyword] = &[
    fact("implicit", Object(Role::OAuthFlow)),
    fact("password", Object(Role::OAuthFlow)),
    fact("clientCredentials", Object(Role::OAuthFlow)),
    fact("authorizationCode", Object(Role::OAuthFlow)),
];

const OAUTH_FLOW: &[Keyword] =
    &[fact("authorizationUrl", Text), fact("tokenUrl", Text), fact("refreshUrl", Text), fact("scopes", TextMap)];

const TAG: &[Keyword] = &[fact("name", Text), prose("description"), sample("externalDocs")];
