/** A request that reached a receiver, as it came over the wire. */
export interface ReceivedRequest {
  method: string;
  /** Path and query, as in the request line. */
  path: string;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** What the service answers. */
export interface Answer {
  status: number;
  /** Content type; `application/json` unless given. */
  type?: string;
  body: string;
}

/** What people at the receiver's end get to see. */
export interface Message {
  /** Channel, address, chat or key that it went to; empty when the request names none. */
  to: string;
  text: string;
}

/** Where an integration finds the URL that it calls: the first of these that is there. */
export interface UrlKeys {
  /**
   * Key of the integration itself. A key with `_file` behind it names a file that holds the URL.
   */
  own?: string;
  /** Key of Alertmanager's `global` block; with `_file` behind it likewise. */
  global?: string;
  /** What Alertmanager calls when neither is written. */
  otherwise?: string;
}

/**
 * One kind of receiver that Alertmanager knows: how its configuration names the service, what the
 * service answers, and what it shows to people. Facts about requests and answers are those of
 * Alertmanager's `notify/<kind>`.
 */
export interface ReceiverKind {
  /** As in the configuration's `<kind>_configs`. */
  kind: string;
  /** Which service is called; several when credentials choose between them. */
  urls: UrlKeys[];
  /** Answers as the service does to a request that is well. */
  answer: (request: ReceivedRequest) => Answer;
  /** The message in a request; undefined for one that tells nobody anything (a login, a search). */
  read: (request: ReceivedRequest) => Message | undefined;
}
