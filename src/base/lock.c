/* lock.c -- a mutex behind a plain name. */
#include "base/lock.h"

#include <pthread.h>
#include <stdlib.h>

struct cd_lock {
    pthread_mutex_t mutex;
};

cd_lock *cd_lock_new(void)
{
    cd_lock *lock = malloc(sizeof *lock);
    if (lock && pthread_mutex_init(&lock->mutex, NULL) != 0) {
        free(lock);
        return NULL;
    }
    return lock;
}

void cd_lock_free(cd_lock *lock)
{
    if (lock) pthread_mutex_destroy(&lock->mutex);
    free(lock);
}

void cd_lock_take(cd_lock *lock) { pthread_mutex_lock(&lock->mutex); }
void cd_lock_release(cd_lock *lock) { pthread_mutex_unlock(&lock->mutex); }
