/** What a bid offers. */
export interface Offer {
  amount: string
  proposal: string
}

/** Where the keys of lots lie, which is not the database. */
export interface LotKeys {
  /** The key that bids for the lot are sealed with, in base64url. */
  publicKey(lotId: string): Promise<string>
  /** Opens what was sealed for a bid of the lot; undefined where the keys of this server are not those with which it was published. */
  opener(lotId: string, publicKey: string): Promise<((sealed: string, bidId: string) => Offer | undefined) | undefined>
  /** An offer that nobody reads without the lot's key, bound to its lot and its bid. */
  seal(offer: Offer, publicKey: string, lotId: string, bidId: string): string
  /** Stands for a text where two uses of it must be told to be the same, and nobody may find out by trying which text it is. */
  blind(text: string): Promise<string>
}
