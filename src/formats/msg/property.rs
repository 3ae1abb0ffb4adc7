//! The properties of Outlook messages that are read, and where a message keeps them (MS-OXPROPS, MS-OXMSG).

pub const MESSAGE_CLASS: u16 = 0x001A;
pub const SUBJECT: u16 = 0x0037;
pub const TRANSPORT_HEADERS: u16 = 0x007D;
pub const SENDER_NAME: u16 = 0x0C1A;
pub const SUPPLEMENTARY_INFO: u16 = 0x0C1B;
pub const NDR_STATUS_CODE: u16 = 0x0C20;
pub const REMOTE_MTA: u16 = 0x0C21;
pub const DISPLAY_TO: u16 = 0x0E04;
pub const BODY: u16 = 0x1000;
pub const REPORT_TEXT: u16 = 0x1001;
pub const HTML: u16 = 0x1013;
pub const DISPLAY_NAME: u16 = 0x3001;
pub const EMAIL_ADDRESS: u16 = 0x3003;
pub const ATTACHED: u16 = 0x3701;
pub const ATTACHED_NAME: u16 = 0x3704;
pub const ATTACHED_LONG_NAME: u16 = 0x3707;
pub const ATTACHED_TYPE: u16 = 0x370E;
pub const SMTP_ADDRESS: u16 = 0x39FE;
pub const SENDER_SMTP_ADDRESS: u16 = 0x5D01;

/// How the name of a recipient's storage begins.
pub const RECIPIENT: &str = "__recip_version1.0_";

/// How the name of an attachment's storage begins.
pub const ATTACHMENT: &str = "__attach_version1.0_";

/// The stream of the properties that fit in 8 bytes.
pub const NUMBERS: &str = "__properties_version1.0";

/// The types of properties with a separate stream or storage.
#[derive(Clone, Copy, Debug)]
pub enum PropertyType {
    /// An embedded message, in a storage.
    Object = 0x000D,
    /// Text in the code page of the computer that saved it.
    String8 = 0x001E,
    /// Text in UTF-16.
    Unicode = 0x001F,
    /// Bytes.
    Binary = 0x0102,
}

/// The name of the stream or storage that holds a property.
pub fn name(identifier: u16, kind: PropertyType) -> String {
    format!("__substg1.0_{identifier:04X}{:04X}", kind as u16)
}
