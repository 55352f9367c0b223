/**
 * DNS messages: bytes to values and back. Reading is total on any input.
 * @module earshot/wire
 */

export { formatIpv4, formatIpv6 } from "./address.ts";
export { decodeMessage } from "./decode.ts";
export { type EncodeOptions, encodeMessage } from "./encode.ts";
export { glance, type Interest, nameHash } from "./glance.ts";
export type { Message } from "./message.ts";
export { MessageWriter, type MessageWriterOptions } from "./message-writer.ts";
export { labelText, Name } from "./name.ts";
export { readTypeBitmap, typeBitmap } from "./nsec.ts";
export type { Question } from "./question.ts";
export type { RecordData, ResourceRecord } from "./record.ts";
export { CLASS } from "./record-class.ts";
export { rdataBytes, recordKey, rrsetKey, sameRecord } from "./record-key.ts";
export { isPseudoType, TYPE, typeName, typeNumber } from "./record-type.ts";
export { WireError, type WireErrorCode } from "./wire-error.ts";
export type { RecordOverrides } from "./write-message.ts";
