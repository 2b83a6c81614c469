package io.sluice.store.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketImpl;
import java.net.SocketOption;
import java.nio.channels.SocketChannel;
import java.util.Set;

/**
 * A channel's socket whose bytes can land in a direct buffer ({@link Landing}); they come with one
 * call of the system, where {@link Socket} asks first, waits, and asks again. Everything else is
 * the channel's own socket.
 */
final class ChannelSocket extends Socket {
  /** Below, somebody only looks whether a connection still lives; it must survive that. */
  private static final int SHORTEST_WAIT_MILLIS = 100;

  private final SocketChannel channel;
  private final Socket socket;
  private final SilentReads.Waiting reads;

  private ChannelSocket(SocketChannel channel, SilentReads silence) throws SocketException {
    super((SocketImpl) null);
    this.channel = channel;
    this.socket = channel.socket();
    this.reads = silence.of(channel);
  }

  /** Not connected yet. */
  static ChannelSocket open(SilentReads silence) throws IOException {
    return new ChannelSocket(SocketChannel.open(), silence);
  }

  @Override
  public InputStream getInputStream() throws IOException {
    InputStream inTime = socket.getInputStream();
    return new InputStream() {
      @Override
      public int read() throws IOException {
        return inTime.read();
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        int millis = socket.getSoTimeout();
        return millis < SHORTEST_WAIT_MILLIS
            ? inTime.read(into, offset, length)
            : reads.read(into, offset, length, millis);
      }

      @Override
      public void close() throws IOException {
        ChannelSocket.this.close();
      }
    };
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return socket.getOutputStream();
  }

  @Override
  public SocketChannel getChannel() {
    return channel;
  }

  @Override
  public void bind(SocketAddress here) throws IOException {
    socket.bind(here);
  }

  @Override
  public void connect(SocketAddress there) throws IOException {
    socket.connect(there);
  }

  @Override
  public void connect(SocketAddress there, int timeoutMillis) throws IOException {
    socket.connect(there, timeoutMillis);
  }

  @Override
  public InetAddress getInetAddress() {
    return socket.getInetAddress();
  }

  @Override
  public InetAddress getLocalAddress() {
    return socket.getLocalAddress();
  }

  @Override
  public int getPort() {
    return socket.getPort();
  }

  @Override
  public int getLocalPort() {
    return socket.getLocalPort();
  }

  @Override
  public void setSoTimeout(int millis) throws SocketException {
    socket.setSoTimeout(millis);
  }

  @Override
  public int getSoTimeout() throws SocketException {
    return socket.getSoTimeout();
  }

  @Override
  public void setTcpNoDelay(boolean on) throws SocketException {
    socket.setTcpNoDelay(on);
  }

  @Override
  public boolean getTcpNoDelay() throws SocketException {
    return socket.getTcpNoDelay();
  }

  @Override
  public void setKeepAlive(boolean on) throws SocketException {
    socket.setKeepAlive(on);
  }

  @Override
  public boolean getKeepAlive() throws SocketException {
    return socket.getKeepAlive();
  }

  @Override
  public void setReuseAddress(boolean on) throws SocketException {
    socket.setReuseAddress(on);
  }

  @Override
  public boolean getReuseAddress() throws SocketException {
    return socket.getReuseAddress();
  }

  @Override
  public void setSoLinger(boolean on, int seconds) throws SocketException {
    socket.setSoLinger(on, seconds);
  }

  @Override
  public int getSoLinger() throws SocketException {
    return socket.getSoLinger();
  }

  @Override
  public void setSendBufferSize(int bytes) throws SocketException {
    socket.setSendBufferSize(bytes);
  }

  @Override
  public int getSendBufferSize() throws SocketException {
    return socket.getSendBufferSize();
  }

  @Override
  public void setReceiveBufferSize(int bytes) throws SocketException {
    socket.setReceiveBufferSize(bytes);
  }

  @Override
  public int getReceiveBufferSize() throws SocketException {
    return socket.getReceiveBufferSize();
  }

  @Override
  public <T> Socket setOption(SocketOption<T> name, T value) throws IOException {
    socket.setOption(name, value);
    return this;
  }

  @Override
  public <T> T getOption(SocketOption<T> name) throws IOException {
    return socket.getOption(name);
  }

  @Override
  public Set<SocketOption<?>> supportedOptions() {
    return socket.supportedOptions();
  }

  @Override
  public void shutdownInput() throws IOException {
    socket.shutdownInput();
  }

  @Override
  public void shutdownOutput() throws IOException {
    socket.shutdownOutput();
  }

  @Override
  public boolean isInputShutdown() {
    return socket.isInputShutdown();
  }

  @Override
  public boolean isOutputShutdown() {
    return socket.isOutputShutdown();
  }

  @Override
  public boolean isConnected() {
    return socket.isConnected();
  }

  @Override
  public boolean isBound() {
    return socket.isBound();
  }

  @Override
  public boolean isClosed() {
    return socket.isClosed();
  }
}
