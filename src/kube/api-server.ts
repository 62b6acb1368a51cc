import type { JsonObject, JsonValue } from '../json.ts';

/** A request to the API server. */
export interface ApiRequest {
  /** `GET` when left out. */
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path below the server's address, such as `/api/v1/namespaces`. */
  readonly path: string;
  /** Members that are undefined are left out. */
  readonly query?: { readonly [name: string]: string | undefined };
  /** Media type of the answer; JSON when left out. */
  readonly accept?: string;
  readonly body?: JsonValue;
  /** Media type of the body; a patch has to say which kind it is. JSON when left out. */
  readonly contentType?: string;
  /** Ends the request early. */
  readonly signal?: AbortSignal;
}

/** A Kubernetes API server that this process may talk to. Never used while a review is being answered. */
export interface ApiServer {
  /** Its address, for people. */
  readonly url: string;

  /**
   * Asks for one JSON object.
   *
   * @throws ApiError when the server refuses, cannot be reached, or does not answer in time
   */
  request(request: ApiRequest): Promise<JsonObject>;

  /**
   * Asks for a stream of JSON objects, as watches give it, and hands them out as they come. It ends when the
   * server ends it. Leaving the loop early, or the request's signal, closes the connection.
   *
   * @param onOpen called when the server has agreed, which may be long before the first object
   * @throws ApiError as {@link request} does, and when the connection breaks
   */
  stream(request: ApiRequest, onOpen?: () => void): AsyncGenerator<JsonObject, void, undefined>;

  /** Closes idle connections. */
  close(): void;
}
