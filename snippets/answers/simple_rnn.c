#include <math.h>
#include "weights.h"

void step(const float *x, float *h)   /* h: the old state in, the new out */
{
    float z[UNITS];                   /* h is still needed: sums go here */
    for (int k = 0; k < UNITS; k++) {
        z[k] = b[k];
        for (int j = 0; j < INPUTS; j++) z[k] += x[j] * W[j * UNITS + k];
        for (int j = 0; j < UNITS; j++)  z[k] += h[j] * U[j * UNITS + k];
    }
    for (int k = 0; k < UNITS; k++) h[k] = tanhf(z[k]);
}
