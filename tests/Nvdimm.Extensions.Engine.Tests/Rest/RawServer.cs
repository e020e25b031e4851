using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Nvdimm.Extensions.Engine.Tests.Rest;

/// <summary>A server that answers each request with any bytes at all, HTTP or not, and closes the connection.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Task serving;

    /// <summary>A server.</summary>
    /// <param name="answer">The answer to a request: its head and its body as text.</param>
    public RawServer(Func<string, string> answer)
    {
        listener.Start();
        serving = ServeAsync(answer);
    }

    public Uri Url => new($"http://{listener.LocalEndpoint}/ovirt-engine");

    /// <summary>A whole answer.</summary>
    public static string Http(int status, string type, string body) =>
        $"HTTP/1.1 {status} Status\r\nContent-Type: {type}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}";

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await serving;
        listener.Stop();
        stop.Dispose();
        listener.Dispose();
    }

    private static async Task<string> ReadAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var (text, buffer) = (new StringBuilder(), new byte[4096]);
        while (!IsWhole(text.ToString()))
        {
            var read = await stream.ReadAsync(buffer, cancellationToken);
            if (read == 0)
            {
                break;
            }

            text.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }

        return text.ToString();
    }

    private static bool IsWhole(string request)
    {
        var end = request.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var announced = request.Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length: ", StringComparison.OrdinalIgnoreCase));
        return end >= 0 && request.Length - end - 4 >= (announced is null ? 0 : int.Parse(announced["Content-Length: ".Length..]));
    }

    private async Task ServeAsync(Func<string, string> answer)
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(stop.Token);
                await using var stream = client.GetStream();
                await stream.WriteAsync(Encoding.UTF8.GetBytes(answer(await ReadAsync(stream, stop.Token))), stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }
}
