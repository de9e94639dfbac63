/** Capacity of the stand-in for object storage. */
export const CAPACITY_MIB = 16;
/** Drives that the stand-in spreads it over. */
export const STORAGE_DRIVES = 4;
