using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Nvdimm.Cli.Installation;
using Nvdimm.Extensions.Engine.Tests;
using Nvdimm.Extensions.Engine.Tests.Rest;

namespace Nvdimm.Cli.Tests;

/// <summary>The .deb packages, installed and run on the oldest and the newest Debian release that they are for: glibc 2.31 with OpenSSL 1.1, 2.41 with 3.5.</summary>
[TestFixture("bullseye")]
[TestFixture("trixie")]
public sealed class DebianRootTests(string release)
{
    private static readonly string Hook = HookTree.LinkOf("before_vm_start");
    private DebianRoot root = null!;

    [SetUp]
    public void Install()
    {
        LinuxPackages.Require();
        root = new DebianRoot(release);
        foreach (var package in LinuxPackages.Files("*.deb"))
        {
            root.Copy(package, $"/root/{Path.GetFileName(package)}");
        }

        // dpkg refuses where something that a package depends on is missing. The root has no libvirt, which calls the hook and is not called by it.
        root.Run("sh", "-c", "dpkg --ignore-depends=libvirt-daemon-system --install /root/*.deb").AssertStatus(ExitStatus.Good);
    }

    [TearDown]
    public void Remove() => root?.Dispose();

    [Test]
    public async Task Tool_Starts()
    {
        string[] arguments = ["size", "--arch", "x86_64", "--device-size", "1GiB", "--align", "2MiB", "--json"];
        var (expected, there) = (await ToolRun.Of(arguments), root.Run(["nvdimm", .. arguments]));
        there.AssertStatus(expected.Status);
        Assert.That(there.Output, Is.EqualTo(expected.Output));
        Assert.That(root.Run("nvdimm", "--version").Output, Does.Match(@"\A\d+\.\d+\.\d+"));
    }

    /// <summary>The name of the engine is resolved by the release's glibc; TLS is its OpenSSL.</summary>
    [Test]
    public async Task Tool_AsksAnEngineByName_ThroughTls()
    {
        using var authority = StubCertificates.Authority("engine CA");
        using var other = StubCertificates.Authority("another CA");
        using var certificate = StubCertificates.Server(authority);
        await using var server = await StubServer.StartAsync(new StubApi(EngineSamples.Engine()), certificate);
        root.Write("/etc/hosts", $"127.0.0.1 {StubCertificates.ServerName}\n");
        root.Write("/root/password", $"{StubApi.Password}\n");
        Assert.That((await HostsAsync(authority)).Json["hosts"]!.Select(host => (string?)host["name"]), Is.EqualTo(new[] { "host1", "host2" }));
        var refused = await HostsAsync(other);
        refused.AssertStatus(ExitStatus.Failed);
        Assert.That(refused.Error, Does.Contain("certificate"));

        Task<ToolRun> HostsAsync(X509Certificate2 trusted)
        {
            root.Write("/root/ca.pem", trusted.ExportCertificatePem());
            var url = new UriBuilder(server.Url) { Host = StubCertificates.ServerName }.Uri;
            return Task.Run(() => root.Run("nvdimm", "engine", "hosts", "--url", url.ToString(), "--password-file", "/root/password", "--ca-file", "/root/ca.pem", "--json"));
        }
    }

    [TestCase("ovirt-x86.xml", 0, "")]
    [TestCase("ovirt-x86.one.expected.xml", 2, "[NVDIMM_")]
    public void Hook_Starts(string domain, int expected, string code)
    {
        var text = File.ReadAllText(TestFiles.PathOf("domain", domain));
        root.Write("/root/domain.xml", text);
        var run = root.Run("env", "vmId=5b0a7c1e-52b0-4c8e-9c7e-2f4a3a1c9d10", "_hook_domxml=/root/domain.xml", Hook);
        run.AssertStatus(expected);
        Assert.That(run.Error, code.Length == 0 ? Is.Empty : Does.Contain(code));
        Assert.That(root.Read("/root/domain.xml"), Is.EqualTo(text));
    }

    /// <summary>The unit keeps the service from nearly everything. It must still reach the engine through TLS, read the inventory, and write its record.</summary>
    [Test]
    public async Task Service_AttachesADevice_WithinTheSandboxOfItsUnit()
    {
        using var authority = StubCertificates.Authority("engine CA");
        using var certificate = StubCertificates.Server(authority);
        var api = new StubApi(EngineSamples.Engine());
        await using var engine = await StubServer.StartAsync(api, certificate);
        var service = new UriBuilder("http", $"127.{RandomNumberGenerator.GetInt32(1, 255)}.{RandomNumberGenerator.GetInt32(255)}.1", 8701);
        root.Write("/etc/hosts", $"127.0.0.1 {StubCertificates.ServerName}\n");
        root.Write("/etc/nvdimm-extensions/ca.pem", authority.ExportCertificatePem());
        root.Write("/etc/nvdimm-extensions/hosts/host1.json", EngineCommandTests.Listing);
        root.Write("/etc/nvdimm-extensions/engine-service.conf", $"""
            ENGINE_URL={new UriBuilder(engine.Url) { Host = StubCertificates.ServerName }.Uri}
            OPTIONS=--ca-file /etc/nvdimm-extensions/ca.pem --inventory /etc/nvdimm-extensions/hosts --listen {service.Host}:{service.Port}

            """);
        var boot = root.BootAsync("""
            systemctl enable --now nvdimm-engine-service
            record=/var/lib/nvdimm-engine-service/attachments.json
            for second in $(seq 60); do
              [ ! -s $record ] || break
              sleep 1
            done
            journalctl --unit nvdimm-engine-service --output cat
            stat --format='%U %a' $record ${record%/*}
            cat $record
            systemctl show --property=NRestarts nvdimm-engine-service
            pid=$(systemctl show --value --property=MainPID nvdimm-engine-service)
            grep -E '^(NoNewPrivs|Seccomp|CapBnd):' /proc/$pid/status
            while read -r _ _ _ _ place options _; do [ $place != / ] || echo "root ${options%%,*}"; done </proc/$pid/mountinfo
            systemctl stop nvdimm-engine-service
            systemctl show --property=Result,ExecMainStatus nvdimm-engine-service
            dpkg --remove nvdimm-engine-service
            ! systemctl cat nvdimm-engine-service
            """);
        service.Path = "/ovirt-engine/services/host-devices/vms/v1/devices";
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", api.Token);
        string? answer = null;
        while (answer is null && !boot.IsCompleted)
        {
            answer = await AttachAsync(client, service.Uri);
        }

        var ended = await boot;
        ended.AssertStatus(ExitStatus.Good);
        Assert.That(ended.Output, Does.Contain("NoNewPrivs:\t1\n").And.Contain("Seccomp:\t2\n").And.Contain("CapBnd:\t0000000000000000\n").And.Contain("root ro\n"));
        Assert.That(answer, Does.StartWith("OK "), ended.Output);
        Assert.That(ended.Output, Does.Contain("nvdimm-engine 600\nnvdimm-engine 700\n").And.Contain("5f4f7d5a-9a47-4d1e-8d5c-0e6a0ce7b9a1"));
        Assert.That(ended.Output, Does.Contain("Result=success").And.Contain("ExecMainStatus=0").And.Contain("NRestarts=0"));
    }

    [Test]
    public void Packages_AreRemoved()
    {
        root.Run("dpkg", "--purge", "nvdimm-engine-service", "nvdimm", "vdsm-hook-nvdimm", "libvirt-hook-nvdimm").AssertStatus(ExitStatus.Good);
        Assert.That(root.Run("sh", "-c", $"ls {Hook} {HookTree.ProgramPath} /usr/bin/nvdimm 2>/dev/null").Output, Is.Empty);
    }

    /// <summary>The status of the answer with its body; null while nobody listens.</summary>
    private static async Task<string?> AttachAsync(HttpClient client, Uri devices)
    {
        try
        {
            using var body = new StringContent("""{"devices":["namespace0.0"]}""", Encoding.UTF8, "application/json");
            using var answer = await client.PostAsync(devices, body);
            return $"{answer.StatusCode} {await answer.Content.ReadAsStringAsync()}";
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200));
            return null;
        }
    }
}
