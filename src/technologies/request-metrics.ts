/** How a service tells of the requests that it answers: the names of its metrics and labels. */
export interface RequestMetrics {
  /** Counts every answer, by all of the labels. */
  total: string;
  /** A histogram of response times in seconds, by method and route. */
  durations: string;
  /** How many connections are open. */
  connections: string;
  labels: {
    method: string;
    /** Holds the route's template: `/api/items/:id`. */
    route: string;
    /** Holds the status: `503`. */
    status: string;
  };
}
