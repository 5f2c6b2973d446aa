/** Keeps `total` of the row that `reference` names as the sum of `amount`, in the statement that enters, changes or removes entries. */
export const addsUp = (table: string, reference: string, amount: string, parent: string, total: string): string[] =>
  (['insert', 'update', 'delete'] as const).map((event) => {
    const seen = [event === 'delete' ? '' : 'new table as fresh', event === 'insert' ? '' : 'old table as stale'].filter(Boolean).join(' ')
    return `create trigger "${table}_${total}_${event}" after ${event} on "${table}" referencing ${seen} for each statement execute function "heli_add_up"('${reference}', '${amount}', '${parent}', '${total}')`
  })
