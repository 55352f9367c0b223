/**
 * Whether what is sent to the group of one family leaves by one interface.
 *
 * While it does not, a trial is due at every look; a look that finds the trial not refused ends it.
 */
export class SendHealth {
  #state: "well" | "failing" | "tried" = "well";

  /** @returns whether this is news */
  failed(): boolean {
    const news = this.#state === "well";
    this.#state = "failing";
    return news;
  }

  get isWell(): boolean {
    return this.#state === "well";
  }

  look(): "well" | "try" | "recovered" {
    switch (this.#state) {
      case "well":
        return "well";
      case "failing":
        this.#state = "tried";
        return "try";
      case "tried":
        this.#state = "well";
        return "recovered";
    }
  }
}
