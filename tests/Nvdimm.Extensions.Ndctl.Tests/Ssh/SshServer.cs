using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Nvdimm.Extensions.Ndctl.Tests.Ssh;

/// <summary>A real sshd on loopback with keys and configuration of its own, which runs as the user of the tests and finds its programs in a folder of the test.</summary>
internal sealed class SshServer : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Process process;

    public SshServer()
    {
        RealProgram.Require("ssh", "openssh-client");
        RealProgram.Require("sshd", "openssh-server");
        Key("host");
        Key("user");
        Key("stranger");
        File.Copy(folder.PathOf("user.pub"), folder.PathOf("authorized"));
        Directory.CreateDirectory(Programs);
        Directory.CreateDirectory("/run/sshd");
        Port = FreePort();
        KnownHosts = Known("known", "host");
        var config = folder.Write("sshd_config", $"""
            ListenAddress 127.0.0.1
            Port {Port}
            HostKey {folder.PathOf("host")}
            PidFile {folder.PathOf("pid")}
            AuthorizedKeysFile {folder.PathOf("authorized")}
            StrictModes no
            UsePAM no
            PasswordAuthentication no
            SetEnv PATH={Programs}:/usr/bin:/bin
            """);
        process = new Process { StartInfo = new ProcessStartInfo("/usr/sbin/sshd", ["-D", "-q", "-f", config]) { UseShellExecute = false } };
        process.Start();
        WaitUntilItListens();
    }

    public int Port { get; }

    /// <summary>The file with the server's key.</summary>
    public string KnownHosts { get; }

    /// <summary>A file with another key for the server.</summary>
    public string OtherKnownHosts => Known("other", "stranger");

    /// <summary>Where it finds programs before those of the system.</summary>
    public string Programs => folder.PathOf("programs");


    /// <summary>The file of a private key: <c>user</c> or <c>stranger</c>.</summary>
    public string KeyFile(string name) => folder.PathOf(name);

    /// <summary>A file without any key.</summary>
    public string EmptyFile() => folder.Write("empty", "");

    /// <summary>Gives the server a program.</summary>
    public void Install(string name, string body) => folder.WriteScript($"programs/{name}", body);

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }

        process.Dispose();
        folder.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void Key(string name)
    {
        var (status, _, error) = RealProgram.Run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder.PathOf(name));
        Assert.That(status, Is.Zero, error);
    }

    private string Known(string name, string key) => folder.Write(name, $"[127.0.0.1]:{Port} {File.ReadAllText(folder.PathOf($"{key}.pub"))}");

    private void WaitUntilItListens()
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                using var client = new TcpClient();
                client.Connect(IPAddress.Loopback, Port);
                return;
            }
            catch (SocketException) when (tries < 200 && !process.HasExited)
            {
                Thread.Sleep(50);
            }
        }
    }
}
