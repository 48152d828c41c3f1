/* lock.h -- a lock for what threads make once and share. */
#ifndef CD_BASE_LOCK_H
#define CD_BASE_LOCK_H

typedef struct cd_lock cd_lock;

cd_lock *cd_lock_new(void); /* NULL: no memory; the caller frees it */
void     cd_lock_free(cd_lock *lock); /* NULL is fine */
void     cd_lock_take(cd_lock *lock); /* waits until it is free; not twice by one thread */
void     cd_lock_release(cd_lock *lock);

#endif
