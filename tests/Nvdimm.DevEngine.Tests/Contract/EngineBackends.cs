using Nvdimm.DevEngine.Tests;
using Nvdimm.Extensions.Engine.Rest;

namespace Nvdimm.Extensions.Engine.Tests.Contract;

/// <summary>The engine of the contract suite in this project: the development engine, over a real socket, with and without TLS.</summary>
internal static class EngineBackends
{
    private const string Plain = "development";
    private const string Tls = "development-tls";

    public static IEnumerable<string> Names => [Plain, Tls];

    public static EngineBackend Of(string name) => new DevelopmentBackend(name == Tls);

    private sealed class DevelopmentBackend(bool isTls) : EngineBackend
    {
        private Func<Task> end = null!;

        public override async Task<(IOvirtEngine Engine, string Vm)> OpenAsync()
        {
            var engine = await RunningEngine.StartAsync((options, _) => isTls ? options with { Urls = "https://127.0.0.1:0" } : options, trust: isTls);
            var (status, _, _) = await engine.SendAsync(
                HttpMethod.Post,
                "vms",
                $"""
                <vm><name>vm-without-nodes</name><cluster><name>Default</name></cluster><placement_policy><affinity>pinned</affinity>
                <hosts><host id="{RunningEngine.HostId(1)}"/></hosts></placement_policy></vm>
                """);
            Assert.That(status, Is.EqualTo(201));
            var http = new HttpClient((isTls ? await TrustAsync(engine) : EngineTrust.System).CreateHandler()) { Timeout = Timeout.InfiniteTimeSpan };
            var client = new OvirtClient(http, new OvirtClientOptions
            {
                Url = new Uri(engine.Url, "ovirt-engine"),
                Username = RunningEngine.Admin,
                Password = RunningEngine.Password,
                PageSize = 3,
            });
            end = async () =>
            {
                http.Dispose();
                await engine.DisposeAsync();
            };
            return (client, "vm1");
        }

        public override Task EndAsync() => end();

        private static async Task<EngineTrust> TrustAsync(RunningEngine engine)
        {
            var certificate = new Uri("/ovirt-engine/services/pki-resource?resource=ca-certificate&format=X509-PEM-CA", UriKind.Relative);
            return EngineTrust.FromFile(engine.Folder.Write("trusted.pem", await engine.Anonymous.GetStringAsync(certificate)));
        }
    }
}
