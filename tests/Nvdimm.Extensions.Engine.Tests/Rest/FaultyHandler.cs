using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Nvdimm.Extensions.Engine.Tests.Rest;

/// <summary>What becomes of one request.</summary>
internal enum Fault
{
    None,
    Refused,
    LostBefore,
    LostAfter,
    LostInBody,
    Late,
    ServerErrorBefore,
    ServerErrorAfter,
    Unavailable,
    Expired,
    Truncated,
    Html,
    Empty,
}

/// <summary>The stub behind a network that fails as it is told to. What is lost after it arrived was done; what is late will be done.</summary>
internal sealed class FaultyHandler(StubApi api, Func<HttpRequestMessage, Fault> next) : HttpMessageHandler
{
    private readonly Queue<Func<Task>> late = new();

    /// <summary>The requests to the API that arrived, in their order, with what was answered; 0 for no answer.</summary>
    public List<(string Request, int Status)> Arrived { get; } = [];

    /// <summary>Lets everything arrive that is still under way.</summary>
    public async Task DrainAsync()
    {
        while (late.TryDequeue(out var arrive))
        {
            await arrive();
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var fault = next(request);
        switch (fault)
        {
            case Fault.Refused:
                throw new HttpRequestException(HttpRequestError.ConnectionError, "Connection refused");
            case Fault.LostBefore:
                throw new HttpRequestException(HttpRequestError.ResponseEnded, "The response ended prematurely.");
            case Fault.ServerErrorBefore:
                return Answer(500, "application/json", """{"reason":"Operation Failed","detail":"Internal Engine Error"}""");
            case Fault.Unavailable:
                var unavailable = Answer(503, "text/html", "<html>503</html>");
                unavailable.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.Zero);
                return unavailable;
            case Fault.Late:
                var (method, path, authorization, body) = (request.Method.Method, request.RequestUri!, request.Headers.Authorization?.ToString(), await BodyAsync(request, cancellationToken));
                late.Enqueue(() => api.HandleAsync(method, path.AbsolutePath, path.Query, authorization, body));
                throw new OperationCanceledException("no answer in time");
            case Fault.Expired:
                api.Expire();
                break;
        }

        if (late.Count > 1)
        {
            await late.Dequeue()();
        }

        var answer = await api.HandleAsync(
            request.Method.Method, request.RequestUri!.AbsolutePath, request.RequestUri.Query, request.Headers.Authorization?.ToString(), await BodyAsync(request, cancellationToken));
        var isLost = fault is not (Fault.None or Fault.Expired) && !(fault is Fault.Truncated or Fault.Empty && answer.Status == 401);
        Arrived.Add(($"{request.Method} {request.RequestUri.AbsolutePath}", isLost ? 0 : answer.Status));
        var json = answer.Json ?? "";
        return fault switch
        {
            Fault.LostAfter => throw new HttpRequestException(HttpRequestError.ResponseEnded, "The response ended prematurely."),
            Fault.ServerErrorAfter => Answer(500, "application/json", "{}"),
            Fault.LostInBody => Broken(answer.Status, json),
            Fault.Truncated => Answer(answer.Status, "application/json", json[..(json.Length / 2)]),
            Fault.Html => Answer(200, "text/html", "<html><body>proxy</body></html>"),
            Fault.Empty => Answer(answer.Status, "application/json", ""),
            _ => Answer(answer.Status, "application/json", json),
        };
    }

    private static async Task<string> BodyAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);

    private static HttpResponseMessage Answer(int status, string type, string text) =>
        new((HttpStatusCode)status) { Content = new StringContent(text, Encoding.UTF8, type) };

    private static HttpResponseMessage Broken(int status, string json) => new((HttpStatusCode)status)
    {
        Content = new StreamContent(new BreakingStream(Encoding.UTF8.GetBytes(json[..(json.Length / 2)]))) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
    };

    private sealed class BreakingStream(byte[] beginning) : MemoryStream(beginning)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = Read(buffer.Span);
            return read > 0 ? ValueTask.FromResult(read) : throw new IOException("Connection reset by peer");
        }
    }
}
