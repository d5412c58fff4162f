use super::*;

fn with(variables: &[(&str, &str)]) -> Result<Config, ConfigError> {
    let variables = variables
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Layers::gather(None, variables)?.config()
}

#[test]
fn the_built_in_default_is_a_complete_configuration() {
    let config = with(&[]).unwrap();
    assert_eq!(config.server.brand, "KooGallery");
}

#[test]
fn a_variable_overrides_and_its_origin_is_shown() {
    let variables = [("KOOGALLERY__WORKER__CONCURRENCY".to_owned(), "7".to_owned())];
    let layers = Layers::gather(None, variables.into_iter()).unwrap();
    assert_eq!(layers.config().unwrap().worker.concurrency, 7);
    assert!(
        layers
            .show()
            .contains("worker.concurrency = 7    (KOOGALLERY__WORKER__CONCURRENCY)")
    );
}

#[test]
fn plain_http_to_the_network_is_refused_with_a_way_out() {
    let refused = with(&[("KOOGALLERY__SERVER__LISTEN", "0.0.0.0:8080")])
        .unwrap_err()
        .to_string();
    assert!(refused.contains("allow_plain_http"), "{refused}");
    assert!(
        with(&[
            ("KOOGALLERY__SERVER__LISTEN", "0.0.0.0:8080"),
            ("KOOGALLERY__SERVER__ALLOW_PLAIN_HTTP", "true")
        ])
        .is_ok()
    );
}

#[test]
fn a_misspelt_setting_is_named() {
    let refused = with(&[("KOOGALLERY__SERVER__LISTN", "x")])
        .unwrap_err()
        .to_string();
    assert!(refused.contains("listn"), "{refused}");
}

#[test]
fn secrets_are_not_shown() {
    let variables = [(
        "KOOGALLERY__MAIL__PASSWORD".to_owned(),
        "hush-hush".to_owned(),
    )];
    assert!(
        !Layers::gather(None, variables.into_iter())
            .unwrap()
            .show()
            .contains("hush-hush")
    );
}

#[test]
fn https_needs_somebody_who_speaks_it() {
    let https = ("KOOGALLERY__SERVER__PUBLIC_URL", "https://market.example");
    assert!(
        with(&[https])
            .unwrap_err()
            .to_string()
            .contains("trusted_proxies")
    );
    assert!(with(&[https, ("KOOGALLERY__SERVER__TRUSTED_PROXIES", "127.0.0.1")]).is_ok());
    let tls = [
        ("KOOGALLERY__SERVER__TLS_CERT", "c.pem"),
        ("KOOGALLERY__SERVER__TLS_KEY", "k.pem"),
    ];
    assert!(with(&tls).unwrap_err().to_string().contains("https://"));
}

#[test]
fn a_public_address_is_an_origin() {
    let origin = |url: &str| {
        let variables = [("KOOGALLERY__SERVER__PUBLIC_URL", url)];
        with(&variables).map(|config| config.server.public_address().unwrap().origin)
    };
    assert_eq!(
        origin("http://Market.example:80/").unwrap(),
        "http://market.example"
    );
    assert_eq!(
        origin("http://market.example:8080").unwrap(),
        "http://market.example:8080"
    );
    for wrong in [
        "market.example",
        "ftp://market.example",
        "http://market.example/shop",
        "http://a@market.example",
        "http://",
    ] {
        assert!(
            origin(wrong)
                .unwrap_err()
                .to_string()
                .contains("server.public_url"),
            "{wrong}"
        );
    }
}

#[test]
fn a_value_of_another_kind_names_where_it_stands() {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), "[worker]\nconcurrency = \"many\"\n").unwrap();
    let refused = Layers::gather(Some(file.path()), std::iter::empty())
        .unwrap_err()
        .to_string();
    assert!(
        refused.ends_with("worker.concurrency must be a whole number"),
        "{refused}"
    );
}

#[test]
fn a_file_that_cannot_be_read_names_the_line_without_quoting_it() {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), "[mail]\npassword = \"hush-hush\n").unwrap();
    let refused = Layers::gather(Some(file.path()), std::iter::empty())
        .unwrap_err()
        .to_string();
    assert!(refused.contains("line 2"), "{refused}");
    assert!(!refused.contains("hush"), "{refused}");
}

#[test]
fn a_debug_print_of_the_configuration_holds_no_secret() {
    let config = with(&[
        ("KOOGALLERY__MAIL__PASSWORD", "hush-hush"),
        ("KOOGALLERY__FILES__SECRET_KEY", "hush-too"),
    ])
    .unwrap();
    assert!(!format!("{config:?}").contains("hush"));
}
