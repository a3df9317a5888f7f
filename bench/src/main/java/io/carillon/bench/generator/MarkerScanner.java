package io.carillon.bench.generator;

/**
 * Finds the markers in what one connection receives, whatever stands around them and wherever it was cut in pieces. One for
 * each connection; makes no garbage. Not safe for concurrent use.
 */
final class MarkerScanner {
    /** Is told of each. */
    interface Found {
        void found(long time, int sequence, int channel);
    }

    private final Found found;
    private final byte[] carry = new byte[Marker.LENGTH];
    private int carried;

    MarkerScanner(Found found) {
        this.found = found;
    }

    void scan(byte[] in, int from, int to) {
        int at = carried == 0 ? from : finishCarried(in, from, to);
        while ((at = Bytes.find(Marker.TILDE, in, at, to)) < to) {
            if (to - at < Marker.LENGTH) {
                carried = to - at;
                System.arraycopy(in, at, carry, 0, carried);
                return;
            }
            if (Marker.stands(in, at)) {
                tell(in, at);
                at += Marker.LENGTH;
            } else {
                at++;
            }
        }
    }

    /** Where what follows the carried one begins. */
    private int finishCarried(byte[] in, int from, int to) {
        int at = from;
        while (carried > 0) {
            int taken = Math.min(Marker.LENGTH - carried, to - at);
            System.arraycopy(in, at, carry, carried, taken);
            carried += taken;
            at += taken;
            if (carried < Marker.LENGTH) {
                return at;
            }
            if (Marker.stands(carry, 0)) {
                tell(carry, 0);
                carried = 0;
            } else {
                int next = Bytes.find(Marker.TILDE, carry, 1, carried);
                carried -= next;
                System.arraycopy(carry, next, carry, 0, carried);
            }
        }
        return at;
    }

    private void tell(byte[] in, int at) {
        found.found(Marker.time(in, at), Marker.sequence(in, at), Marker.channel(in, at));
    }
}
