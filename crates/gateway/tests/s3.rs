//! The file store on a server of the S3 kind. Runs when `KOOGALLERY_TEST_S3` holds
//! the address of one with a bucket `koogallery` and any access key.
#![allow(clippy::unwrap_used, reason = "a test may stop at anything unexpected")]

use gateway::files::{FileError, Files, S3Settings};
use kernel::{Clock, Secret};

#[tokio::test]
async fn a_bucket_keeps_files_like_a_folder() {
    let Ok(endpoint) = std::env::var("KOOGALLERY_TEST_S3") else {
        return;
    };
    let settings = S3Settings {
        endpoint: Some(endpoint),
        region: "us-east-1".to_owned(),
        bucket: "koogallery".to_owned(),
        access_key_id: "test".to_owned(),
        secret_access_key: Secret::from("test"),
    };
    let files = Files::s3(&settings).unwrap();
    files.check_writable().await.unwrap();
    let hash = files.put("hello").await.unwrap();
    assert_eq!(files.put("hello").await.unwrap(), hash);
    assert_eq!(files.get(&hash, 5).await.unwrap(), "hello");
    let later = Clock::system().now().plus_seconds(60);
    assert_eq!(
        files.older_than(0x2c, later).await.unwrap(),
        std::slice::from_ref(&hash)
    );
    assert!(files.remove_if_older(&hash, later).await.unwrap());
    assert!(matches!(
        files.get(&hash, 5).await,
        Err(FileError::Damaged(_))
    ));
}
