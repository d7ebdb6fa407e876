package dev.holdfast.server.delivery;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;

/**
 * Ends a connection in the middle of an answer. Vert.x closes one only after what it holds was written, and a client
 * that takes nothing would keep that, and the connection, for ever; so this goes to the channel below.
 */
final class Cut {
    private Cut() {}

    /** Closes: the client still gets what the kernel has, then an end that comes too early. */
    static void close(HttpServerRequest request) {
        if (request.connection() instanceof HttpServerConnection connection) {
            connection.channelHandlerContext().channel().close();
        } else {
            request.response().reset();
        }
    }

    /** Resets: the client gets an error, whatever it thinks of answers that are too short. */
    static void reset(HttpServerRequest request) {
        if (request.connection() instanceof HttpServerConnection connection) {
            Channel channel = connection.channelHandlerContext().channel();
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
        }
        close(request);
    }
}
