using Nvdimm.DevEngine.Storage;

namespace Nvdimm.DevEngine.Auth;

/// <summary>Who may come in: passwords from the environment, otherwise the administrator's from the database, where it is made once.</summary>
internal static class KnownUsers
{
    /// <summary>The users and their passwords.</summary>
    public static Passwords Read(EngineSession session, DevEngineOptions options, TimeProvider time, Action<string> announce)
    {
        var passwords = new Passwords(time);
        if (options.Password is { } given)
        {
            passwords.Add(EngineUser.Admin, given);
        }
        else
        {
            passwords.Add(EngineUser.Admin, Stored(session, announce));
        }

        if (options.ReaderPassword is { } reader)
        {
            passwords.Add(EngineUser.Reader, reader);
        }

        return passwords;
    }

    private static StoredPassword Stored(EngineSession session, Action<string> announce)
    {
        var user = EngineUser.Admin.Name;
        if (session.Find<StoredPassword>("SELECT * FROM passwords WHERE user = @user", new { user }) is { } known)
        {
            return known;
        }

        var (password, stored) = StoredPassword.Generate(user);
        session.Execute("INSERT INTO passwords (user, salt, hash, iterations) VALUES (@User, @Salt, @Hash, @Iterations)", stored);
        announce($"The password of {user} is {password} (shown only now; {CommandLine.PasswordVariable} sets another).");
        return stored;
    }
}
