package cases

// Lock is taken by writing: whoever comes second waits here, and then reads what
// the first has made of the case.
const Lock = `UPDATE complaints SET lock = lock + 1 WHERE id = $1`
