/**
 * Classes by name. The class of a question or of a record is 15 bits: bit 15 of the word is a flag of its own.
 * @see RFC 6762 §18.12, §18.13
 * @enum
 */
export const CLASS = { IN: 1, ANY: 255 } as const;

/** Bit 15 of the class word: the cache-flush bit of a record, the QU bit of a question. RFC 6762 §5.4, §10.2 */
export const CLASS_FLAG = 0x8000;
