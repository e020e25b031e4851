namespace Nvdimm.DevEngine.Tests.Clients;

/// <summary>libgovirt of Debian, unmodified, through its Python binding: it sends GET with a Content-Length and no body.</summary>
public sealed class GovirtTests
{
    private const string Script =
        """
        import sys
        import gi
        gi.require_version("GoVirt", "1.0")
        from gi.repository import GoVirt
        address, ca, user, password = sys.argv[1:]
        proxy = GoVirt.Proxy.new(address)
        proxy.props.username = user
        proxy.props.password = password
        proxy.props.ssl_ca_file = ca
        api = proxy.fetch_api()
        vms = api.search_vms("name=vm1")
        vms.fetch(proxy)
        for name, vm in sorted(vms.get_resources().items()):
            print(name, vm.props.guid, vm.props.state.value_nick)
        vm = vms.lookup_resource("vm1")
        try:
            vm.start(proxy)
            print("started")
        except Exception as refused:
            print("refused:", refused.message)
        """;

    [Test]
    public async Task Govirt_OverTls_FindsTheVmAndItsRefusal()
    {
        RealProgram.RequireFile("/usr/lib/x86_64-linux-gnu/girepository-1.0/GoVirt-1.0.typelib", "gir1.2-govirt-1.0");
        RealProgram.RequireFile("/usr/lib/python3/dist-packages/gi/__init__.py", "python3-gi");
        await using var engine = await RunningEngine.StartAsync((options, _) => options with { Urls = "https://127.0.0.1:0" }, trust: true);
        var script = engine.Folder.Write("govirt.py", Script);
        var ca = engine.Folder.Write("ca.pem", await engine.Anonymous.GetStringAsync(new Uri("/ovirt-engine/services/pki-resource?resource=ca-certificate&format=X509-PEM-CA", UriKind.Relative)));

        var (status, output, error) = RealProgram.Run("/usr/bin/python3", script, $"127.0.0.1:{engine.Url.Port}", ca, RunningEngine.Admin, RunningEngine.Password);

        Assert.That(status, Is.Zero, error);
        Assert.That(output, Does.Contain($"vm1 {RunningEngine.IdOf("vm1")} down"));
        Assert.That(output, Does.Contain("refused:"));
    }
}
