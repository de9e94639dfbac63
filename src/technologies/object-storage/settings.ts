/** Capacity of the stand-in for object storage. */
export const CAPACITY_MIB = 16;
/** Drives that the stand-in spreads it over. */
export const STORAGE_DRIVES = 4;
/** The drive of the real one that runs beside the stand-in, in memory. */
export const DRIVE_BYTES = 64 * 1024 * 1024;
