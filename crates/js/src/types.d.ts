/** The options of `diagnose` and `Reader`. */
export interface Options {
  /** The name of the file: a hint, and the value of `file` in the results. `-` if absent. */
  name?: string;
  /** The sending system; overrides detection. */
  sender?: Sender;
  /**
   * The present, which determines whether retries are over: RFC 3339 with an offset, such as
   * `2026-03-12T08:00:15+01:00` or the result of `date.toISOString()`. The clock of the computer if absent.
   */
  now?: string;
}

/** The result for one message or report. */
export interface Diagnosis {
  /** Its origin: the name of a file, `name#n` in a mailbox, `name.zip!inner` in an archive. */
  file: string;
  /** The kind of message or report. */
  kind: Kind;
  /** The format of the evidence; absent if nothing could be read. */
  format?: Format;
  /** The sending system; absent if neither the evidence nor the caller names it. */
  sender?: Sender;
  /** The recipients it reports on, in the order of the evidence. */
  recipients: Recipient[];
  /** The message that could not be delivered, as far as it is quoted. */
  original?: Original;
  /** What the header of a mail that arrived proves; absent for anything else. */
  arrival?: Arrival;
  /** How the columns of a report were read; absent for anything but a table. */
  columns?: ColumnReading;
  /** What could not be read, and notices about how the rest was read. */
  problems: Problem[];
}

/** The kind of message or report. */
export type Kind =
  | "bounce"
  | "delay"
  | "success"
  | "auto-reply"
  | "complaint"
  | "arrived"
  | "not-a-bounce"
  | "report"
  | "unreadable";

/** The format of the evidence. */
export type Format = "csv" | "html" | "json" | "eml" | "msg" | "text" | "xlsx" | "xls" | "ods";

/** A sending system with a policy in Bezorgd, or any other. */
export type Sender = "pom" | "wise" | "other";

/** One recipient, with all attempts that the evidence shows. */
export interface Recipient {
  /** The address as the evidence writes it. Empty if it gives none: then `customer`, or else `name`, identifies the recipient. */
  address: string;
  /** The name; absent if the evidence gives none. */
  name?: string;
  /** The customer number; absent if the report has no column for it. */
  customer?: string;
  /** The cause of the attempt that decides the state. */
  cause: Cause;
  /** What the words of that attempt say beside the cause. */
  detail?: Detail;
  /** What may be expected of this address next time. */
  permanence: Permanence;
  /** The state of delivery over all attempts. */
  state: State;
  /** Until when the sending system retries, as RFC 3339; absent if that is unknown or it no longer retries. */
  retry_until?: string;
  /** The address that was probably meant; absent without a likely one. */
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

/** What the words of a server say beyond the cause. */
export interface Detail {
  /** The sort of detail. */
  code: DetailCode;
  /** Of `blocklist`: its name, or its host name. Of `moved`: the new address. Absent if the words name none. */
  name?: string;
  /** Of `rate-limit` and `greylisting`: seconds until the next try. Of `size-limit`: how many bytes a message may have. */
  amount?: number;
}

/** A sort of detail. */
export type DetailCode =
  | "blocklist"
  | "reverse-dns"
  | "sender-domain"
  | "rate-limit"
  | "greylisting"
  | "tls"
  | "virus"
  | "attachment-type"
  | "disk-full"
  | "size-limit"
  | "moved";

/** The state of delivery to one recipient over all attempts. */
export type State = "delivered" | "retrying" | "gave-up" | "failed" | "not-attempted" | "none";

/** One delivery attempt, or one statement about a recipient. */
export interface Attempt {
  /** When the attempt was made, or else reported, as RFC 3339; absent if the evidence gives no date. */
  at?: string;
  /** What was done with the message, as the report states it. */
  action: Action;
  /** Why it was not delivered, or that it was. */
  cause: Cause;
  /** What the words say beside the cause. */
  detail?: Detail;
  /** The words of the server or report, with white space folded. */
  text: string;
  /** The rule that decided the cause, as `set/name`; `none` if no rule applies, `structure/…` if the form of the mail decided. */
  rule: string;
  /**
   * The part of `text` that the rule matched: a half-open range of Unicode characters, for
   * `[...text].slice(...matched).join("")`. Absent if a code or something else decided.
   */
  matched?: [number, number];
  /** The line in a table, from 1; absent for a mail. */
  line?: number;
  /** The document (invoice, message) that was sent; absent if the report has no column for it. */
  document?: string;
  /** The message type, in the code of the sending system, such as Wise's `HR1`. */
  message_type?: string;
  /** SMTP reply code (RFC 5321), 200 to 599. */
  reply_code?: number;
  /** Enhanced status code (RFC 3463), such as `5.1.1`. */
  status?: string;
  /** The host that replied, or to which the message was offered. */
  remote?: string;
}

/** What was done with the message for one recipient (RFC 3464, section 2.3.3). */
export type Action = "failed" | "delayed" | "delivered" | "relayed" | "expanded" | "unknown";

/** The message that could not be delivered, as far as it is quoted. */
export interface Original {
  /** Its `Message-ID`, without angle brackets. */
  message_id?: string;
  /** Its subject, decoded. */
  subject?: string;
  /** Its date, as RFC 3339. */
  date?: string;
}

/** The way of a mail that arrived, as its header proves it. */
export interface Arrival {
  /** The address that it says it is from. */
  from?: string;
  /** The address of the mailbox that it came to. */
  to?: string;
  /** Its subject, decoded. */
  subject?: string;
  /** When it says it was sent, as RFC 3339. */
  sent?: string;
  /** The servers that took it over, from first to last; absent if no server gives a date that can be read. */
  hops?: Hop[];
  /** What the last server found when it checked the sender; absent if it reports no check. */
  checks?: Check[];
  /** What a spam filter said; absent if none left a header that is known. */
  filter?: FilterVerdict;
}

/** A server that took a mail over. */
export interface Hop {
  /** The name of the server; empty if the field gives none. */
  by: string;
  /** When it took the mail over, as RFC 3339. */
  at: string;
  /** How many seconds after the server before it; 0 for the first, and where clocks disagree. */
  waited: number;
}

/** One check of the sender. */
export interface Check {
  /** What was checked. */
  method: CheckMethod;
  /** The result. */
  result: CheckResult;
  /** The domain that was checked; absent if the field gives none. */
  domain?: string;
}

/** A way to check the sender of a mail. */
export type CheckMethod = "spf" | "dkim" | "dmarc";

/** The result of a check (RFC 8601, section 2.7). */
export type CheckResult = "pass" | "fail" | "none" | "error";

/** What a spam filter said of a mail. */
export interface FilterVerdict {
  /** The filter. */
  filter: Filter;
  /** Whether it marked the mail as spam, or as something else that is kept from the inbox. */
  marked: boolean;
  /** Why it marked the mail; absent if it gives no reason that is known. */
  reason?: FilterReason;
  /** Its words for the verdict, as the header has them; cut off if long. */
  words: string;
}

/** Why a filter keeps a mail from the inbox. */
export type FilterReason = "spam" | "bulk" | "phishing" | "impersonation" | "malware" | "blocked";

/** A spam filter whose headers are read. */
export type Filter = "microsoft" | "spamassassin" | "rspamd" | "proofpoint";

/** How the columns of a report were read. */
export interface ColumnReading {
  /** The columns from left to right; unused ones far to the right are omitted. */
  columns: Column[];
  /** The line of the first data row, from 1. */
  first_line: number;
  /** The order in which the dates were read; absent if no date needs an order. */
  date_order?: DateOrder;
}

/** One column and its role. */
export interface Column {
  /** Its name in the header, cut off if long; empty without a name. */
  header: string;
  /** Its first cell that is not empty, cut off if long. */
  sample: string;
  /** What it was read as; absent if it was not used. */
  role?: Role;
}

/** What a column of a report contains. */
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

/** Which of two numbers in a date is the day if both could be. */
export type DateOrder = "day-first" | "month-first";

/** One thing that could not be read. The rest of the evidence is read all the same. */
export interface Problem {
  /** What is wrong. */
  code: ProblemCode;
  /** The file or message. */
  file: string;
  /** The line in the file, from 1; absent if the problem is not at a line. */
  line?: number;
  /** The columns, cells or counts in question. */
  detail?: ProblemDetail;
  /** What happened and what to do next, in English. */
  message: string;
}

/** The evidence of a problem; each has one of these keys. */
export type ProblemDetail =
  /** The columns of the table, by their headers. */
  | { columns: string[] }
  /** The first cells of a table without headers. */
  | { "first-cells": string[] }
  /** Two columns that could have the same role: the one that was read, and one that was not. */
  | { rivals: [ColumnName, ColumnName] }
  /** How many more rows have the same problem. */
  | { "more-rows": number }
  /** How many rows were skipped in total, and how many for each listed reason. */
  | { "left-out": [number, LeftOut[]] }
  /** The text of a cell, cut off if long. */
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
  /** Its header, cut off if long; empty without one. */
  header: string;
}

/** Rows that were skipped for one reason. */
export interface LeftOut {
  /** The column that decided. */
  role: Role;
  /** The text of its cells in these rows, cut off if long; empty for empty cells. */
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
  | "too-many-columns"
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
  | "cut-off"
  | "unknown-status"
  | "column-chosen"
  | "ambiguous-dates"
  | "truncated"
  | "shortened"
  | "long-text"
  | "too-many-parts"
  | "no-evidence"
  | "no-recipient";
