/* A GRU and a Dense of one number.  cc -std=c99 -c gru.c, and -lm to link. */
#include <math.h>
#include "weights.h"               /* INPUTS, UNITS, W, U, b, W_y, b_y */

enum { BLOCKS = 3 * UNITS };       /* z, r and the candidate */

static float sigmoid(float a)
{
    return 1.0f / (1.0f + expf(-a));
}

void gru_step(const float *x, float *h)  /* h: the old state in, the new out */
{
    float p[BLOCKS], q[BLOCKS];        /* what x sends, and what h sends */
    for (int k = 0; k < BLOCKS; k++) {
        p[k] = b[k];                   /* first row of the bias */
        q[k] = b[BLOCKS + k];          /* second row */
        for (int j = 0; j < INPUTS; j++) p[k] += x[j] * W[j * BLOCKS + k];
        for (int j = 0; j < UNITS; j++)  q[k] += h[j] * U[j * BLOCKS + k];
    }
    for (int k = 0; k < UNITS; k++) {  /* all sums are made: h may change */
        float z = sigmoid(p[k] + q[k]);
        float r = sigmoid(p[UNITS + k] + q[UNITS + k]);
        float candidate = tanhf(p[2 * UNITS + k] + r * q[2 * UNITS + k]);
        h[k] = z * h[k] + (1.0f - z) * candidate;
    }
}

float answer(const float *x, int steps)    /* x: step after step */
{
    float h[UNITS] = {0.0f}, y = b_y[0];
    for (int t = 0; t < steps; t++) gru_step(x + t * INPUTS, h);
    for (int k = 0; k < UNITS; k++) y += h[k] * W_y[k];
    return y;
}
