/* What limits of the caller's mean for a JVM. */
#ifndef HEXE_JAVA_LIMITS_H
#define HEXE_JAVA_LIMITS_H

/* Gives this process all that its hard limits allow, and ends it where that is too little for a JVM. */
void java_raise_limits(void);

/* Ends this process where there cannot be as many more as a JVM has threads. */
void java_require_processes(void);

#endif
