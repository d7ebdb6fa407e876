package dev.holdfast.store.cipher.kmip;

/** The tags (9.1.3.1) and values (9.1.3.2) that we use. */
final class KmipTags {
    static final int ATTRIBUTE = 0x420008;
    static final int ATTRIBUTE_NAME = 0x42000A;
    static final int ATTRIBUTE_VALUE = 0x42000B;
    static final int AUTHENTICATION = 0x42000C;
    static final int BATCH_COUNT = 0x42000D;
    static final int BATCH_ITEM = 0x42000F;
    static final int CREDENTIAL = 0x420023;
    static final int CREDENTIAL_TYPE = 0x420024;
    static final int CREDENTIAL_VALUE = 0x420025;
    static final int CRYPTOGRAPHIC_ALGORITHM = 0x420028;
    static final int CRYPTOGRAPHIC_LENGTH = 0x42002A;
    static final int KEY_BLOCK = 0x420040;
    static final int KEY_FORMAT_TYPE = 0x420042;
    static final int KEY_MATERIAL = 0x420043;
    static final int KEY_VALUE = 0x420045;
    static final int MAXIMUM_RESPONSE_SIZE = 0x420050;
    static final int NAME_TYPE = 0x420054;
    static final int NAME_VALUE = 0x420055;
    static final int OBJECT_TYPE = 0x420057;
    static final int OPERATION = 0x42005C;
    static final int PROTOCOL_VERSION = 0x420069;
    static final int PROTOCOL_MAJOR = 0x42006A;
    static final int PROTOCOL_MINOR = 0x42006B;
    static final int QUERY_FUNCTION = 0x420074;
    static final int REQUEST_HEADER = 0x420077;
    static final int REQUEST_MESSAGE = 0x420078;
    static final int REQUEST_PAYLOAD = 0x420079;
    static final int RESPONSE_MESSAGE = 0x42007B;
    static final int RESPONSE_PAYLOAD = 0x42007C;
    static final int RESULT_MESSAGE = 0x42007D;
    static final int RESULT_REASON = 0x42007E;
    static final int RESULT_STATUS = 0x42007F;
    static final int SYMMETRIC_KEY = 0x42008F;
    static final int TEMPLATE_ATTRIBUTE = 0x420091;
    static final int UNIQUE_IDENTIFIER = 0x420094;
    static final int USERNAME = 0x420099;
    static final int VENDOR = 0x42009D;
    static final int PASSWORD = 0x4200A1;

    static final int AES = 3;
    static final int OBJECT_SYMMETRIC_KEY = 2;
    static final int FORMAT_RAW = 1;
    static final int NAME_IS_TEXT = 1;
    static final int USERNAME_AND_PASSWORD = 1;
    static final int QUERY_OPERATIONS = 1;
    static final int QUERY_SERVER = 3;

    private KmipTags() {}
}
