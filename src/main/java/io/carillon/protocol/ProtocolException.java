package io.carillon.protocol;

/** A request that cannot be taken as it is. The message tells its sender what is wrong, where, and what is allowed. */
public class ProtocolException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final long NONE = -1;

    private final ErrorCode code;
    private final long limit;
    private final long index;

    public ProtocolException(ErrorCode code, String message) {
        this(code, message, NONE, NONE);
    }

    private ProtocolException(ErrorCode code, String message, long limit, long index) {
        super(message);
        this.code = code;
        this.limit = limit;
        this.index = index;
    }

    /** Something is larger than is allowed; {@code message} names both figures. */
    public static ProtocolException tooLarge(String message, long limit) {
        return new ProtocolException(ErrorCode.PAYLOAD_TOO_LARGE, message, limit, NONE);
    }

    /** This, as the fault of one entry of a list. */
    public ProtocolException at(String list, int position) {
        return new ProtocolException(code, list + "[" + position + "]: " + getMessage(), limit, position);
    }

    public ErrorCode code() {
        return code;
    }

    /** What is wrong, as every transport can say it. */
    public Fault fault() {
        Fault fault = new Fault(code, String.valueOf(getMessage()));
        if (limit != NONE) {
            fault = fault.with("limit", limit);
        }
        return index == NONE ? fault : fault.with("index", index);
    }
}
