/** What the reader needs to know beside the evidence. */
export interface Options {
  /** The name of the file: a hint, and what `file` says in the results. `-` when left out. */
  name?: string;
  /** The system that sent the messages, when the evidence should not decide. */
  sender?: Sender;
  /**
   * The present, for whether retries are over: RFC 3339 with an offset, such as `2026-03-12T08:00:15+01:00` or what
   * `date.toISOString()` gives. The clock of the computer when left out.
   */
  now?: string;
}

/** What one message or report says. */
export interface Diagnosis {
  /** Where it came from: a file, `name#n` in a mailbox, `name.zip!inner` in an archive. */
  file: string;
  /** What sort of message or report it is. */
  kind: Kind;
  /** The form it was kept in; absent when that could not be told. */
  format?: Format;
  /** The system that sent the messages, where the evidence or the caller tells. */
  sender?: Sender;
  /** Whom it speaks about, in the order of the evidence. */
  recipients: Recipient[];
  /** The message that it is about, as far as it is quoted. */
  original?: Original;
  /** How the columns of a report were read. */
  columns?: ColumnReading;
  /** What could not be read. */
  problems: Problem[];
}

/** What sort of message or report the evidence is. */
export type Kind =
  | "bounce"
  | "delay"
  | "success"
  | "auto-reply"
  | "complaint"
  | "not-a-bounce"
  | "report"
  | "unreadable";

/** The form the evidence was kept in. */
export type Format = "csv" | "html" | "eml" | "msg" | "text" | "xlsx" | "xls" | "ods";

/** A sending system whose policies and words are known, or any other. */
export type Sender = "pom" | "wise" | "other";

/** One address, over all attempts that the evidence shows. */
export interface Recipient {
  /** The address as the evidence writes it; empty when it names none: then `customer`, or else `name`, tells who it is. */
  address: string;
  /** The name, where the evidence gives one beside the address. */
  name?: string;
  /** The number that the sender knows the recipient by, where the report has a column for it. */
  customer?: string;
  /** The cause of the attempt that decides the state. */
  cause: Cause;
  /** What may be expected of this address next time. */
  permanence: Permanence;
  /** Where delivery stands. */
  state: State;
  /** Until when the sending system keeps trying, as RFC 3339. */
  retry_until?: string;
  /** A likely right address. */
  suggestion?: string;
  /** Every attempt, oldest first. */
  attempts: Attempt[];
}

/** Why one recipient of one message did, or did not, get it. */
export type Cause =
  | "address-unknown"
  | "domain-unknown"
  | "mailbox-full"
  | "mailbox-disabled"
  | "address-moved"
  | "temporary"
  | "unreachable"
  | "expired"
  | "spam-rejected"
  | "sender-blocked"
  | "authentication-failed"
  | "message-too-large"
  | "content-rejected"
  | "recipient-restricted"
  | "relay-denied"
  | "server-error"
  | "suppressed"
  | "unsubscribed"
  | "refused"
  | "document-reused"
  | "delivered"
  | "not-attempted"
  | "auto-reply"
  | "complaint"
  | "not-a-bounce"
  | "unknown";

/** What the sender may expect of the same address next time. */
export type Permanence = "permanent" | "temporary" | "permanent-for-this-message" | "none" | "unknown";

/** Where delivery to one recipient stands over all attempts. */
export type State = "delivered" | "retrying" | "gave-up" | "failed" | "not-attempted" | "none";

/** One delivery attempt, or one statement about a recipient. */
export interface Attempt {
  /** When, as RFC 3339. */
  at?: string;
  /** What the report says was done. */
  action: Action;
  /** Why. */
  cause: Cause;
  /** The words the cause rests on, white space folded. */
  text: string;
  /** The rule that gave the cause, as `set/name`. */
  rule: string;
  /**
   * From which to which character of `text` the rule matched, the second not included: Unicode characters, so
   * `[...text].slice(...matched).join("")`.
   */
  matched?: [number, number];
  /** The line in a table, counted from 1. */
  line?: number;
  /** The document (invoice, message) it was about, where the report has a column for it. */
  document?: string;
  /** The kind of message it was, in the code of the system that sent it, such as `HR1` of Wise. */
  message_type?: string;
  /** SMTP reply code (RFC 5321), 200 to 599. */
  reply_code?: number;
  /** Enhanced status code (RFC 3463), such as `5.1.1`. */
  status?: string;
  /** The host that gave the reply, or that the message was offered to. */
  remote?: string;
}

/** What was done with the message for one recipient (RFC 3464, section 2.3.3). */
export type Action = "failed" | "delayed" | "delivered" | "relayed" | "expanded" | "unknown";

/** The message that a bounce is about, as far as it is quoted. */
export interface Original {
  /** Its `Message-ID`, without angle brackets. */
  message_id?: string;
  /** Its subject, decoded. */
  subject?: string;
  /** Its date, as RFC 3339. */
  date?: string;
}

/** How the columns of a report were read. */
export interface ColumnReading {
  /** The columns from left to right; those far to the right that hold nothing of use are left out. */
  columns: Column[];
  /** The line of the first row that counts, from 1. */
  first_line: number;
  /** In which order the dates were read; absent where none needs an order. */
  date_order?: DateOrder;
}

/** One column, as it was read. */
export interface Column {
  /** Its name in the header; empty where it has none. Cut off when long. */
  header: string;
  /** The first of its cells that is not empty. Cut off when long. */
  sample: string;
  /** What it was read as; absent when it was not used. */
  role?: Role;
}

/** What a column of a report holds. */
export type Role =
  | "address"
  | "status"
  | "message"
  | "date"
  | "time"
  | "document"
  | "customer"
  | "name"
  | "first-name"
  | "form"
  | "message-type"
  | "bounces";

/** Which of two numbers in a date is the day where both could be. */
export type DateOrder = "day-first" | "month-first";

/** One thing that could not be read. The rest of the evidence was read all the same. */
export interface Problem {
  /** What is wrong. */
  code: ProblemCode;
  /** The file or message. */
  file: string;
  /** The line in the file, from 1, where there is one. */
  line?: number;
  /** What was seen there. */
  detail?: ProblemDetail;
  /** What happened and what to do next, in English. */
  message: string;
}

/** What was seen where something could not be read; each has one of these keys. */
export type ProblemDetail =
  /** The columns of the table, by their headers. */
  | { columns: string[] }
  /** The first cells of a table without headers. */
  | { "first-cells": string[] }
  /** Two columns that could hold the same: the one that was read, and one that was not. */
  | { rivals: [ColumnName, ColumnName] }
  /** How many more rows have the same problem. */
  | { "more-rows": number }
  /** How many rows were left out in total, and how many for each reason that is listed. */
  | { "left-out": [number, LeftOut[]] }
  /** What a cell holds, as it is written; cut off when long. */
  | { cell: string }
  /** What is written where an address should be. */
  | { address: WrittenAddress }
  /** What the operating system or the browser reported. */
  | { system: string };

/** What is written where an address should be. */
export interface WrittenAddress {
  /** As it is written; cut off when long. */
  written: string;
  /** The address that was probably meant, where there is a good reason to think so. */
  likely?: string;
}

/** The name of a column. */
export interface ColumnName {
  /** Its number, from 1. */
  number: number;
  /** Its header; empty where it has none. Cut off when long. */
  header: string;
}

/** Rows that were left out for one reason. */
export interface LeftOut {
  /** The column that decided. */
  role: Role;
  /** What it holds in these rows; empty where the cell is. Cut off when long. */
  cell: string;
  /** How many rows there are. */
  rows: number;
}

/** What can be wrong with a file. */
export type ProblemCode =
  | "empty"
  | "unreadable"
  | "unknown-format"
  | "unsupported-format"
  | "locked"
  | "damaged-archive"
  | "locked-workbook"
  | "damaged-workbook"
  | "unpacker-missing"
  | "nested-too-deep"
  | "too-many-files"
  | "too-large"
  | "no-address-column"
  | "no-status-column"
  | "row-without-address"
  | "broken-address"
  | "rows-left-out"
  | "no-bounced-mail"
  | "no-customer"
  | "row-without-customer"
  | "unreadable-address"
  | "unreadable-count"
  | "unreadable-date"
  | "unknown-status"
  | "column-chosen"
  | "ambiguous-dates"
  | "truncated"
  | "shortened"
  | "no-evidence"
  | "no-recipient";
