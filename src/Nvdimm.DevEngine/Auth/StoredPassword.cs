using System.Security.Cryptography;

namespace Nvdimm.DevEngine.Auth;

/// <summary>A password as the database stores it: PBKDF2 with SHA-256.</summary>
internal sealed record StoredPassword
{
    private const int DefaultIterations = 600_000;
    private const int SaltBytes = 16;
    private const int HashBytes = 32;

    public string User { get; init; } = "";

    public byte[] Salt { get; init; } = [];

    public byte[] Hash { get; init; } = [];

    public long Iterations { get; init; }

    /// <summary>Generates a password of 120 random bits, without letters that look alike, and its stored form.</summary>
    public static (string Password, StoredPassword Stored) Generate(string user)
    {
        var password = RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 24);
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return (password, new StoredPassword
        {
            User = user,
            Salt = salt,
            Iterations = DefaultIterations,
            Hash = Derive(password, salt, DefaultIterations),
        });
    }

    /// <summary>Whether this is the password.</summary>
    public bool Matches(string password) => CryptographicOperations.FixedTimeEquals(Derive(password, Salt, (int)Iterations), Hash);

    private static byte[] Derive(string password, byte[] salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, HashAlgorithmName.SHA256, HashBytes);
}
